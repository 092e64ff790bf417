# A program with all libraries in it, libc too: it runs on any Linux of its processor's kind, whatever is installed there.
# To be included before cmake/dependencies.cmake. scripts/package.sh builds it.
option(BNRUN_STATIC "Link statically" OFF)
set(BNRUN_FMT fmt::fmt)
set(BNRUN_SPDLOG spdlog::spdlog)
if(BNRUN_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS ON)
  # Debian has no static libraries of these two.
  set(BNRUN_FMT fmt::fmt-header-only)
  set(BNRUN_SPDLOG spdlog::spdlog_header_only)
  add_compile_options(-fPIE)
  add_link_options(-static-pie)
endif()

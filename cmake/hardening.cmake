# What makes a memory error harder to exploit, in builds that are optimised: checked calls of libc, a guard on the
# stack, and a program at an address of no one's choosing, whose tables are read-only once it is loaded.
option(BNRUN_HARDENING "Harden optimised builds" ${BNRUN_LINUX})  # its linker flags are for ELF
if(BNRUN_HARDENING AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT BNRUN_SANITIZE)
  # -fPIE for the libraries too, as none is shared: -fPIC would keep functions from being inlined.
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE)
  if(NOT BNRUN_STATIC)  # -pie would take -static-pie back
    add_link_options(-pie)
  endif()
  add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()

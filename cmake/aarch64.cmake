# Builds for ARM Linux on another machine: cmake --preset aarch64. scripts/test_aarch64.sh says what that needs.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
# The libraries for ARM: packages unpacked in this directory, else those that the system has beside its own.
if(DEFINED ENV{BNRUN_AARCH64_ROOT})
  set(CMAKE_FIND_ROOT_PATH "$ENV{BNRUN_AARCH64_ROOT}")
  set(CMAKE_CXX_FLAGS_INIT "-isystem $ENV{BNRUN_AARCH64_ROOT}/usr/include/aarch64-linux-gnu")
  set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,-rpath-link,$ENV{BNRUN_AARCH64_ROOT}/usr/lib/aarch64-linux-gnu")
endif()
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L "$ENV{BNRUN_AARCH64_ROOT}/")

# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The cx3tools authors

# Warnings of everything that is C, for gcc and clang alike. They are errors: a warning that stays is read by nobody.
add_compile_options(
  -Wall
  -Wextra
  -Werror
  -Wmissing-prototypes
  -Wstrict-prototypes
  -Wold-style-definition
  -Wpointer-arith
  -Wshadow
  -Wundef
  -Wvla
  -Wwrite-strings
  # Nothing leaves a library of ours unless it says so.
  -fvisibility=hidden
  # Assertions and messages name files of the project, not of the machine: equal sources, equal bytes.
  -ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}=core-native
)
add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,--build-id=none)

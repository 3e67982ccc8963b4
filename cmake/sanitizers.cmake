# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The cx3tools authors

# -DCX3_SANITIZE=ON: address and undefined-behaviour sanitizers; the first finding ends the test.
option(CX3_SANITIZE "Build with address and undefined-behaviour sanitizers" OFF)
if(CX3_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

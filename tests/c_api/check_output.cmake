# Runs PROGRAM with ARGUMENTS: it must print what is in the file EXPECTED, and nothing to standard
# error. With UPDATE set in the environment, the file is written instead.
execute_process(COMMAND "${PROGRAM}" ${ARGUMENTS} OUTPUT_VARIABLE printed ERROR_VARIABLE complaints
  RESULT_VARIABLE status)
if(NOT complaints STREQUAL "" OR NOT status MATCHES "^[012]$")
  message(FATAL_ERROR "ended with ${status}: ${complaints}")
elseif(DEFINED ENV{UPDATE})
  file(WRITE "${EXPECTED}" "${printed}")
  return()
endif()
file(READ "${EXPECTED}" expected)
if(NOT printed STREQUAL expected)
  message(FATAL_ERROR "expected:\n${expected}\ngot:\n${printed}")
endif()

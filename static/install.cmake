# cmake -DNODE_DIR=... -DNPM=... -P static/install.cmake: the packages of static/package-lock.json, into a directory that
# all presets share. Nothing of a package runs while it is installed.
set(wanted ${CMAKE_CURRENT_LIST_DIR}/package-lock.json)
file(MAKE_DIRECTORY ${NODE_DIR})
file(LOCK ${NODE_DIR} DIRECTORY GUARD PROCESS)
file(SHA256 ${wanted} hash)
if(EXISTS ${NODE_DIR}/installed)
  file(READ ${NODE_DIR}/installed there)
endif()
if(NOT there STREQUAL hash)
  file(COPY ${CMAKE_CURRENT_LIST_DIR}/package.json ${wanted} DESTINATION ${NODE_DIR})
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --loglevel=error WORKING_DIRECTORY ${NODE_DIR}
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
file(WRITE ${NODE_DIR}/installed ${hash})

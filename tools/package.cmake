# `cpack -G DEB` in the build folder makes the Debian package. What it depends on is read from the programs themselves.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The echolab authors <echolab@echolab.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS iproute2)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/share/debian/postinst ${PROJECT_SOURCE_DIR}/share/debian/prerm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Below the project's own description, which is the line that lists show.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Echo servers and clients that tell each socket call and each packet, and a
sniffer that says after every packet which TCP state both ends are in, and
why. Texts in English and Korean.")
include(CPack)

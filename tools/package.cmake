# `cpack -G DEB` in the build folder makes the Debian package. What it depends on is read from the programs themselves.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The echolab authors <echolab@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "see what TCP and UDP do
 Echo servers and clients that tell each socket call and each packet, and a
 sniffer that says after every packet which TCP state both ends are in, and
 why. Texts in English and Korean.")
include(CPack)

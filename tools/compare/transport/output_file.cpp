#include "tools/compare/transport/output_file.hpp"

#include <fcntl.h>

#include "net/privileges.hpp"
#include "net/system_call.hpp"

namespace echolab::compare {

net::FileDescriptor open_output(const std::string& path) {
  const int no_links = net::is_root_outside() ? O_NOFOLLOW : 0;
  constexpr mode_t as_umask_allows = 0666;
  return net::FileDescriptor(net::system_call(
      "open", ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | no_links, as_umask_allows), path));
}

}  // namespace echolab::compare

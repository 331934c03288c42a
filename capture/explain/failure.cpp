#include "capture/explain/failure.hpp"

#include <fmt/format.h>

namespace echolab::capture {
namespace {

// {0} what it was about, {1} libpcap's or the system's words, {2} the program, {3} a number, {5} the program's file, {6} the
// file's name for pcapng, {7} the shell in a private network.
Text sentence_for(SourceError::Kind kind) {
  using Kind = SourceError::Kind;
  switch (kind) {
    case Kind::no_permission:
      return {
          "capturing on {0} is not allowed: the right CAP_NET_RAW is missing. One of these gives it:\n"
          "{7}     # a shell in a private network, no root needed; further terminals join it\n"
          "sudo {2} ...\n"
          "sudo setcap cap_net_raw+p {5}\n"
          "unshare -Urn sh -c 'ip link set lo up; exec $SHELL'     # a private network for this terminal alone",
          "{0}에서 캡처할 권한(CAP_NET_RAW)이 없습니다. 다음 가운데 하나를 쓰세요.\n"
          "{7}     # root 없이 전용 네트워크 안에서 셸을 엽니다. 다른 터미널에서도 들어올 수 있습니다\n"
          "sudo {2} ...\n"
          "sudo setcap cap_net_raw+p {5}\n"
          "unshare -Urn sh -c 'ip link set lo up; exec $SHELL'     # 이 터미널에서만 쓰는 전용 네트워크를 만듭니다"};
    case Kind::no_such_interface:
      return {"there is no interface {0} here. Available: {1}. Details: {2} -D",
              "없는 인터페이스입니다: {0}. 있는 것: {1}. 자세히 보기: {2} -D"};
    case Kind::interface_down:
      return {"the interface {0} is down ({1}). Switch it on: ip link set {0} up",
              "꺼져 있는 인터페이스입니다: {0} ({1}). 켜기: ip link set {0} up"};
    case Kind::interface_gone:
      return {"the interface {0} disappeared while capturing ({1})",
              "캡처하는 동안 인터페이스가 사라졌습니다: {0} ({1})"};
    case Kind::bad_filter:
      return {"the filter \"{0}\" cannot be read: {1}. An example: tcp port 9000. The syntax: man pcap-filter",
              "해석할 수 없는 필터입니다: \"{0}\" ({1}). 예: tcp port 9000. 필터 문법: man pcap-filter"};
    case Kind::not_readable: return {"cannot read {0}: {1}", "파일을 읽을 수 없습니다: {0}: {1}"};
    case Kind::not_a_capture:
      return {"{0} is not a capture file ({1}). What it is: file {0}",
              "캡처 파일이 아닙니다: {0} ({1}). 무슨 파일인지 보기: file {0}"};
    case Kind::compressed:
      return {"{0} is compressed ({1}). Unpack it first, then read the result",
              "압축된 파일입니다: {0} ({1}). 먼저 압축을 풀고 그 파일을 읽으세요"};
    case Kind::link_type:
      return {
          "{0}: link type {3} ({1}) is not supported: this program reads Ethernet, loopback, Linux cooked and raw IP",
          "{0}: 지원하지 않는 링크 계층입니다: {3} ({1}). Ethernet, 루프백, Linux cooked, raw IP만 읽습니다"};
    case Kind::broken: return {"{0} is broken after packet {4}: {1}", "깨진 파일입니다: {0}, 패킷 {4} 다음 ({1})"};
    case Kind::not_writable: return {"cannot write {0}: {1}", "{0}: 쓸 수 없습니다: {1}"};
    case Kind::mixed_link_types:
      return {"{0}: a pcap file has one link type, and packet {4} has another ({1}). pcapng holds both: -w {6}",
              "{0}: pcap 파일에는 링크 계층이 하나만 들어가는데 패킷 {4}번은 다릅니다({1}). pcapng에는 다 들어갑니다: -w {6}"};
    case Kind::failed: break;
  }
  return {"{0}: {1}", "{0}: {1}"};
}

constexpr std::string_view toolkit = "echolab ";  // `echolab capture` has started capture

/// As a shell finds it, where the program was found by its name.
std::string file_of(std::string_view program) {
  if (const auto at = program.find(toolkit); at != std::string_view::npos)
    return fmt::format("$({}--programs)/{}", program.substr(0, at + toolkit.size()), program.substr(at + toolkit.size()));
  if (program.find('/') != std::string_view::npos) return std::string(program);
  return fmt::format("$(command -v {})", program);
}

/// "trace.pcapng" for "trace.pcap", "trace" and "-".
std::string pcapng_name(std::string_view path) {
  if (path == "-") return "trace.pcapng";
  if (path.ends_with(".pcap")) path.remove_suffix(std::string_view(".pcap").size());
  return fmt::format("{}.pcapng", path);
}

}  // namespace

std::string shell_of(std::string_view program) {
  const auto at = program.find(toolkit);
  return at == std::string_view::npos ? "tools/shell" : fmt::format("{}shell", program.substr(0, at + toolkit.size()));
}

std::string explain(const SourceError& error, std::string_view program, Language language) {
  const Text sentence = sentence_for(error.kind);
  return fmt::format(fmt::runtime(sentence.in(language)), error.subject, error.detail, program, error.number,
                     error.frame, file_of(program), pcapng_name(error.subject), shell_of(program));
}

}  // namespace echolab::capture

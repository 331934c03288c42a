// docs/notes: each note with what it says, when it is set, what it stands with and in place of, and an example.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <vector>

#include "capture/decode/decode.hpp"
#include "capture/explain/notes.hpp"
#include "capture/render/annotation.hpp"
#include "capture/render/clock.hpp"
#include "capture/render/rung.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/samples/examples.hpp"

namespace echolab::test {
using namespace capture;  // NOLINT: tests read better

namespace {

constexpr Text head{
    "# The notes\n"
    "\n"
    "*[한국어](notes.ko.md)*\n"
    "\n"
    "A note is a word for what is remarkable about a packet: `capture` shows it as a sentence, in JSON it stands in\n"
    "`\"notes\"`, `capture --note WORD` shows only the packets that have it, and `capture --list-notes` prints this "
    "list.\n"
    "Where Wireshark has a word for it, it is Wireshark's. The sentences are said of a packet that a client sends.\n"
    "\n"
    "The examples are captures of our own, in [docs/samples/notes](samples/notes): *recorded* ones were sent by "
    "kernels,\n"
    "*cut* ones were recorded and have lost a packet since, *written* ones are packets that no kernel sends.\n"
    "[How each was made](samples/README.en.md) is said there. In them `>` marks the packet with the note; a packet is "
    "read\n"
    "as [everywhere](../README.md), and a line of dots stands for packets that are left out.\n",
    "# 표시\n"
    "\n"
    "*[English](notes.en.md)*\n"
    "\n"
    "표시는 패킷에서 눈여겨볼 점을 가리키는 말입니다. `capture`는 이것을 문장으로 보여 주고, JSON에서는 `\"notes\"`에\n"
    "넣습니다. `capture --note 표시`는 그 표시가 붙은 패킷만 보이고, `capture --list-notes`는 이 목록을 출력합니다.\n"
    "Wireshark에 같은 뜻의 말이 있으면 그 말을 씁니다. 문장은 클라이언트가 보낸 패킷을 예로 들었습니다.\n"
    "\n"
    "보기는 모두 직접 만든 캡처이고 [docs/samples/notes](samples/notes)에 있습니다. *녹화*는 커널이 실제로 보낸 것,\n"
    "*잘라 냄*은 녹화한 뒤 패킷 하나를 뺀 것, *작성*은 어떤 커널도 보내지 않는 패킷을 직접 쓴 것입니다.\n"
    "[만든 방법](samples/README.ko.md)도 거기에 있습니다. `>`는 표시가 붙은 패킷입니다. 패킷을 읽는 법은\n"
    "[다른 곳](../README.ko.md)과 같고, 점으로 된 줄은 생략한 패킷입니다.\n"};
constexpr Text set_when{"Set when", "조건"};
constexpr Text never_without{"Never without", "함께 붙는 표시"};
constexpr Text in_place_of{"In place of", "대신하는 표시"};
constexpr Text next{"Next", "다음에 볼 것"};
constexpr Text ruled_by{"Ruled by", "근거"};
constexpr Text capture_alone{"nothing: it is about the capture, not about TCP",
                             "없음. TCP가 아니라 캡처에 대한 표시입니다"};
constexpr Text separator{" or ", " 또는 "};
constexpr std::array<Text, 3> made{{{"recorded", "녹화"}, {"cut", "잘라 냄"}, {"written", "작성"}}};
/// {0} is the command, {1} how the file was made, {2} the packet's number.
constexpr Text example_head{"`{0}` ({1}): packet {2}", "`{0}`({1}): 패킷 {2}"};

/// A packet of a sample, told.
struct Line {
  std::uint64_t frame = 0;
  std::optional<std::uint64_t> stream;
  NoteSet notes;
  std::vector<std::uint64_t> names;  // the earlier packets that its sentences speak of
  std::string drawn, told;
};

std::string notation_of(const Observation& seen, const Annotation& said) {
  const std::string packet = notation(seen, false);
  return packet.empty() ? said.headline : packet;
}

std::string names_of(NoteSet notes, std::string_view between, std::string_view shape = "{}") {
  std::vector<std::string> names;
  for (const NoteRule& rule : notes::rules)
    if (notes.has(rule.note)) names.push_back(fmt::format(fmt::runtime(shape), rule.name));
  return fmt::format("{}", fmt::join(names, between));
}

Line told(const Observation& seen, Time begin, Language language) {
  const Annotation said = annotate(seen, language);
  Line line{.frame = seen.packet.frame, .stream = {}, .notes = seen.notes, .names = {}, .drawn = {}, .told = {}};
  if (seen.stream) line.stream = seen.stream->number;
  if (seen.tcp) {
    line.names = frames_of<finding::NeverDelivered>(seen.tcp->findings);
    if (const auto* copy = seen.tcp->findings.find<finding::Repeats>()) line.names.push_back(copy->frame);
  }
  const bool known = seen.stream && !std::holds_alternative<IcmpError>(seen.decoded);
  line.drawn = fmt::format("{:3} {} {:6}  {}", line.frame, seconds_since(begin, seen.packet.time, 10),
                           known ? to_string(seen.stream->from) : "", notation_of(seen, said));
  if (!seen.notes.empty()) line.drawn += "    " + names_of(seen.notes, ", ");
  line.told = said.text.empty() ? said.headline : said.headline + " — " + said.text;
  return line;
}

std::vector<Line> lines_of(const Example& example, Language language) {
  auto opened = PacketSource::open_file(file_of(example), "");
  auto* source = std::get_if<PacketSource>(&opened);
  if (source == nullptr) throw std::runtime_error("cannot open " + file_of(example));
  std::vector<Line> lines;
  Observer observer([](const StreamSummary&) {});
  std::optional<Time> begin;
  while (const auto packet = source->next()) {
    if (!begin) begin = packet->time;
    lines.push_back(told(observer.observe(*packet, decode(*packet)), *begin, language));
  }
  return lines;
}

/// The three packets before it, and those that are named.
bool belongs_to(const Line& line, const Line& marked) {
  const bool near = line.frame <= marked.frame && marked.frame <= line.frame + 3;
  return near || std::ranges::find(marked.names, line.frame) != marked.names.end();
}

std::string drawing(const std::vector<Line>& lines, const Line& marked) {
  std::string out;
  std::uint64_t last = 0;
  for (const Line& line : lines) {
    if (!belongs_to(line, marked)) continue;
    if (line.frame != last + 1) out += "   ...\n";
    last = line.frame;
    out += fmt::format("{} {}\n", &line == &marked ? '>' : ' ', line.drawn);
  }
  return out;
}

std::string example_of(const Example& example, Language language) {
  const std::vector<Line> lines = lines_of(example, language);
  const auto marked = std::ranges::find_if(lines, [&](const Line& line) { return line.notes.has(example.note); });
  if (marked == lines.end())
    throw std::runtime_error(fmt::format("{} has no {}", path_of(example), to_string(example.note)));
  const std::string command = fmt::format("capture -r {} --note {}", path_of(example), to_string(example.note));
  return fmt::format(fmt::runtime(example_head.in(language)), command,
                     made[static_cast<std::size_t>(example.made)].in(language), marked->frame) +
         "\n\n```text\n" + drawing(lines, *marked) + "```\n\n> " + marked->told + "\n";
}

std::string entry_of(const Example& example, Language language) {
  const NoteRule& rule = rule_of(example.note);
  std::string out = fmt::format("\n## {}\n\n{}\n\n", rule.name, sentence(rule.note, language));
  const auto item = [&](const Text& name, std::string_view text) {
    out += fmt::format("- **{}:** {}\n", name.in(language), text);
  };
  item(set_when, text_of(rule.note).when.in(language));
  constexpr std::string_view link = "[{0}](#{0})";
  if (!rule.with.empty()) item(never_without, names_of(rule.with, separator.in(language), link));
  if (!rule.replaces.empty()) item(in_place_of, names_of(rule.replaces, ", ", link));
  item(next, text_of(rule.note).look.text.in(language));
  item(ruled_by, rule.sections.empty() ? capture_alone.in(language) : rule.sections);
  return out + "\n" + example_of(example, language);
}

}  // namespace

std::string path_of(const Example& example) { return fmt::format("docs/samples/notes/{}.pcap", example.file); }
std::string file_of(const Example& example) { return ECHOLAB_SOURCE_DIR "/" + path_of(example); }

std::string notes_page(Language language) {
  std::string page(head.in(language));
  for (const Example& example : examples) page += entry_of(example, language);
  return page;
}

}  // namespace echolab::test

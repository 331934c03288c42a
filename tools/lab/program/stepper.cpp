#include "tools/lab/program/stepper.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <tuple>

#include "capture/render/escape.hpp"
#include "capture/render/width.hpp"
#include "net/stop_signal.hpp"
#include "tools/lab/program/step_texts.hpp"

namespace echolab::lab {
namespace {

using capture::Ink;
using namespace std::chrono_literals;

constexpr auto longest_answer = 300ms;  // that a kernel, or a program, takes to answer
constexpr auto longest_order = 2s;      // that the hand takes to send
constexpr auto longest_wait = 5s;       // for what may never come

constexpr std::array<std::pair<char, std::string_view>, 6> hand_orders{
    {{'S', "SYN"}, {'A', "ACK"}, {'W', "ACK+1000"}, {'D', "DATA hello"}, {'F', "FIN"}, {'R', "RST"}}};

/// The word for it that the rules have, too.
std::string_view kind_of(const Frame& frame) {
  for (const Kind kind : {Kind::rst, Kind::syn, Kind::syn_ack, Kind::fin, Kind::data, Kind::ack, Kind::udp, Kind::icmp})
    if (is_kind(frame.decoded, kind)) return to_string(kind);
  return "IP";
}

/// "drop, swap"
std::string words_of(const Decision& decision) {
  std::string words;
  for (const FateRow& row : fates)
    if (row.verb && decision.is(row.fate)) words.append(words.empty() ? "" : ", ").append(row.verb->word);
  if (decision.swap) words.append(words.empty() ? "" : ", ").append(to_string(Action::swap));
  return words;
}

bool is_hand(const Program& program) { return program.words.front() == "by_hand"; }

/// A student may think for minutes: neither kernel is to give up on a connection meanwhile. Where /proc/sys may not be
/// written they do after about two minutes.
void make_patient(const Network& network) {
  for (const Host host : {Host::client, Host::server})
    for (const char* name : {"tcp_syn_retries", "tcp_synack_retries", "tcp_retries2", "tcp_orphan_retries"})
      network.set_sysctl(host, std::string("net/ipv4/") + name, "100");
}

}  // namespace

Stepper::Stepper(const Scenario& scenario, Story& story, const cli::Common& common)
    : story_(story),
      lang_(common.lang),
      paint_(common.use_color(STDOUT_FILENO)),
      experiment_(Wire(Policy(scenario.rules, scenario.model), true), [this](const Event& event) { hear(event); }),
      has_hand_(std::ranges::any_of(scenario.programs, is_hand)) {
  make_patient(experiment_.network());
  experiment_.begin(scenario.programs, true);
}

void Stepper::say(std::string_view text) {
  copies_told_last_ = false;
  for (const std::string& line : capture::wrap(text, cli::terminal_columns(STDOUT_FILENO))) {
    std::string out;
    paint_(out, Ink::bold, line);
    cli::print(out + "\n");
  }
}

/// Keys and what they do: a line breaks between two of them, never inside one.
void Stepper::say_keys(std::string_view keys) {
  constexpr std::string_view between = " · ";
  const int width = cli::terminal_columns(STDOUT_FILENO);
  std::string line;
  while (!keys.empty()) {
    const std::string_view key = keys.substr(0, keys.find(between));
    keys.remove_prefix(std::min(key.size() + between.size(), keys.size()));
    if (!line.empty() && capture::columns(line) + 3 + capture::columns(key) > width)
      say(std::exchange(line, {}));
    else if (!line.empty())
      line += between;
    line += key;
  }
  say(line);
}

void Stepper::hear(const Event& event) {
  const auto* wire = std::get_if<WireEvent>(&event);
  stirred_ = Clock::now();
  if (wire && wire->from == Host::client) ordered_ = false;
  if (wire && wire->fate == Fate::held) {
    const auto& [frame, tcp] = std::tie(wire->observation.packet.frame, wire->observation.tcp);
    const auto* repeated = tcp ? tcp->findings.find<capture::finding::Repeats>() : nullptr;
    // A copy is counted. What is held is shown when it is asked about.
    copies_.hold(frame, repeated ? std::optional(repeated->frame) : std::nullopt);
    return;
  }
  const std::string text = story_.tell(event);
  if (wire && wire->fate == Fate::dropped && dropped_copies_.erase(wire->observation.packet.frame) > 0) return;
  copies_told_last_ = asking_ = false;  // what was asked stands too far above now
  if (wire) row_ = 0;
  cli::print(text);
}

/// The keys act on this frame, so its row is the ladder's last.
void Stepper::tell_row(const Frame& frame) {
  row_ = frame.number;
  copies_told_last_ = asking_ = false;
  cli::print(story_.tell(experiment_.now_seen(frame, Fate::held)));
}

/// The frame to decide about next: the first that was not put off; where all were, the first.
const Frame* Stepper::chosen() const {
  const Frame* first = nullptr;
  for (const Frame* frame : experiment_.wire().held()) {
    if (copies_.is_folded(frame->number)) continue;
    if (!later_.contains(frame->number)) return frame;
    if (!first) first = frame;
  }
  return first;
}

void Stepper::ask() {
  const Frame* frame = by_hand_ ? chosen() : nullptr;
  if (!frame) {
    asking_ = ask_hand();
    return;
  }
  if (row_ != frame->number) tell_row(*frame);
  const std::size_t copies = copies_.behind(frame->number);
  const std::string others = others_than(*frame);
  const bool anew = !asking_ || asked_ != frame->number || others != others_told_;
  if (anew || copies != copies_told_) tell_copies(frame->number, copies);
  if (anew && !others.empty()) say(fmt::format(fmt::runtime(texts::also_held.in(lang_)), others));
  if (anew) say_keys(fmt::format("{}: {}", named(*frame), keys_for(*frame)));
  cli::flush_output();
  asking_ = true;
  asked_ = frame->number;
  copies_told_ = copies;
  others_told_ = others;
}

std::string Stepper::named(const Frame& frame) const {
  const auto& whose = frame.from == Host::client ? texts::clients : texts::servers;
  return fmt::format("[{}] {}", frame.number, fmt::format(fmt::runtime(whose.in(lang_)), kind_of(frame)));
}

std::string Stepper::others_than(const Frame& frame) const {
  std::string others;
  for (const Frame* other : experiment_.wire().held())
    if (other != &frame && !copies_.is_folded(other->number)) others += (others.empty() ? "" : ", ") + named(*other);
  return others;
}

std::string Stepper::keys_for(const Frame& frame) const {
  const Decision& decided = *experiment_.wire().decided(frame.number);
  const bool follows = decided.rule != nullptr || decided.by_chance();
  std::string keys(texts::enter_delivers.in(lang_));
  if (decided.rule)
    keys = fmt::format(fmt::runtime(texts::enter_follows_rule.in(lang_)), to_string(*decided.rule));
  else if (follows)
    keys = fmt::format(fmt::runtime(texts::enter_follows_chance.in(lang_)), words_of(decided));
  for (const FateRow& row : fates)
    if (row.key && (follows || row.fate != Fate::delivered))
      keys += fmt::format(" · {} {}", row.key->key, row.key->word.in(lang_));
  keys += texts::other_keys.in(lang_);
  return has_hand_ ? keys.append(texts::or_send.in(lang_)) : keys;
}

/// One line, however many there are: on a terminal the new count takes the old one's place.
void Stepper::tell_copies(std::uint64_t frame, std::size_t copies) {
  const auto original = copies_.original_of(frame);
  if (!original && copies == 0) return;
  const std::string text = original ? fmt::format(fmt::runtime(texts::copies_left.in(lang_)), *original, copies + 1)
                                    : fmt::format(fmt::runtime(texts::copies.in(lang_)), copies + 1);
  constexpr std::string_view line_up = "\x1b[A\r\x1b[2K";
  if (copies_told_last_ && ::isatty(STDOUT_FILENO) == 1)
    for (auto rows = capture::wrap(text, cli::terminal_columns(STDOUT_FILENO)).size(); rows > 0; --rows)
      cli::print(line_up);
  say(text);
  copies_told_last_ = true;
}

/// Nothing is held: what shall the hand send? Whether that was asked.
bool Stepper::ask_hand() {
  // A packet that follows from what was done just now comes first.
  const auto quiet = Clock::now() - stirred_;
  const bool settled = ordered_ ? quiet > longest_order : quiet > longest_answer;
  if (!experiment_.hand() || !settled || leave_at_) return false;
  if (!asking_ || asked_ != 0) say_keys(texts::hand_prompt.in(lang_));
  cli::flush_output();
  asked_ = 0;
  return true;
}

/// A key for a packet when none is held: on a pipe it is kept for the packet, which may be under way; at a terminal the
/// student sees.
std::optional<char> Stepper::next_key() {
  if (!too_early_) return keys_.next();
  if (asked_ != 0) return std::exchange(too_early_, std::nullopt);
  if (Clock::now() - stirred_ > longest_wait) too_early_.reset();
  return std::nullopt;
}

/// Whether the key is one of the hand's.
bool Stepper::press_hand(char key) {
  Player* hand = experiment_.hand();
  const auto order = std::ranges::find(hand_orders, key, &std::pair<char, std::string_view>::first);
  if (!hand || order == hand_orders.end()) return false;
  hand->order(std::string(order->second));
  ordered_ = true;
  stirred_ = Clock::now();
  asking_ = false;
  return true;
}

/// Whether with the copies went the packet that is asked about: one that was itself a copy.
bool Stepper::drop_copies() {
  const bool is_copy = copies_.original_of(asked_).has_value();
  const auto dropped = copies_.take(asked_);
  for (const std::uint64_t copy : dropped) experiment_.wire().decide(copy, Fate::dropped);
  dropped_copies_.insert(dropped.begin(), dropped.end());
  say(fmt::format(fmt::runtime(texts::copies_dropped.in(lang_)), dropped.size()));
  copies_told_ = 0;
  return is_copy;
}

void Stepper::show_sockets() {
  for (const Host host : {Host::client, Host::server}) {
    say((host == Host::client ? texts::sockets_of_client : texts::sockets_of_server).in(lang_));
    const auto sockets = experiment_.sockets(host);
    if (sockets.empty()) cli::print(fmt::format("  {}\n", texts::no_sockets.in(lang_)));
    for (const KernelSocket& socket : sockets) {
      const auto& row = socket.state == capture::State::listen ? texts::listener_row : texts::socket_row;
      const std::string local = to_string(socket.local), remote = to_string(socket.remote);
      cli::print("  " +
                 (socket.state == capture::State::listen
                      ? fmt::format(fmt::runtime(row.in(lang_)), to_string(socket.state), local, socket.unread)
                      : fmt::format(fmt::runtime(row.in(lang_)), to_string(socket.state), local, remote, socket.queued,
                                    socket.unread)) +
                 "\n");
    }
  }
}

void Stepper::help() const {
  std::string text(texts::step_help.in(lang_));
  for (const FateRow& row : fates)
    if (row.key) text += fmt::format("  {}      {}\n", row.key->key, row.key->help.in(lang_));
  cli::print(text.append(texts::step_help_end.in(lang_)) + "\n");
  if (has_hand_) cli::print(std::string(texts::hand_help.in(lang_)) + "\n");
}

/// Whether the key decides about the frame that is asked about, and so it was.
bool Stepper::decide(char key) {
  if (key == Keys::enter) return experiment_.wire().follow(asked_);
  const auto row = std::ranges::find_if(fates, [key](const FateRow& it) { return it.key && it.key->key == key; });
  return row != fates.end() && experiment_.wire().decide(asked_, row->fate);
}

void Stepper::press(char key) {
  if (has_hand_ && press_hand(key)) return;
  if (asked_ == 0 && std::string_view("\ndx2lc").find(key) != std::string_view::npos) {
    say(texts::nothing_held.in(lang_));
    if (!keys_.terminal()) too_early_ = key;
    return;
  }
  if (decide(key)) return settle(asked_);
  asking_ = false;
  switch (key) {
    case 'l': later_.insert(asked_); break;
    case 'c':
      if (drop_copies()) settle(asked_);
      break;
    case 's': show_sockets(); break;
    case '?': help(); break;
    case 'a':
    case Keys::end: leave_to_rules(key == Keys::end); break;
    case 'q': quit_ = true; break;
    default:
      asking_ = true;
      say(fmt::format(fmt::runtime(texts::no_such_key.in(lang_)), capture::printable(std::string(1, key))));
  }
}

/// Nothing is held any more.
void Stepper::leave_to_rules(bool input_ended) {
  experiment_.wire().let_all_go();
  by_hand_ = false;
  settle(asked_);
  Player* hand = input_ended ? experiment_.hand() : nullptr;
  if (!hand) return;
  hand->no_more_orders();
  leave_at_ = Clock::now() + longest_wait;
}

/// The frame has been decided about; 0: none was held, the input has ended.
void Stepper::settle(std::uint64_t frame) {
  asking_ = false;
  later_.erase(frame);
  copies_.let_go(frame);
}

/// Whether the student has pressed q while no packet comes to ask about. Keys typed ahead have their turn first.
bool Stepper::wants_out() { return Clock::now() - asked_last_ > longest_order && keys_.holds('q'); }

bool Stepper::play() {
  const net::StopSignal stop;
  while (!quit_ && !stop.requested()) {
    if (experiment_.over() && !chosen()) return true;
    // A server that nobody speaks to any more would wait for ever.
    if (leave_at_ && Clock::now() > *leave_at_) return true;
    experiment_.go_on(50ms, asking_ ? keys_.descriptor() : -1);
    if (!cli::flush_output()) return false;
    ask();
    if (!asking_ && wants_out()) return false;
    if (!asking_) continue;
    asked_last_ = Clock::now();
    if (const auto key = next_key()) press(*key);
  }
  return false;
}

}  // namespace echolab::lab

// The story of one TCP segment: what was taken back, which rules fired and why, what else is remarkable, what the post
// says.
#include <algorithm>
#include <string>

#include "capture/explain/duration.hpp"
#include "capture/explain/post.hpp"
#include "capture/explain/segment_facts.hpp"
#include "capture/explain/sentences.hpp"
#include "capture/track/timers.hpp"

namespace echolab::capture {
namespace {

class Story {
 public:
  Story(const Observation& seen, const Catalog& words)
      : seen_(seen),
        segment_(std::get<Segment>(seen.decoded)),
        tcp_(*seen.tcp),
        copy_found_(seen.tcp->findings.find<finding::Repeats>()),
        words_(words),
        bytes_(byte_count(segment_.payload_length, words)) {
    blanks_.who = name_of(seen.stream->from, words);
    blanks_.peer = name_of(other(seen.stream->from), words);
    blanks_.bytes = bytes_;
    blanks_.ack = tcp_.ack;
    blanks_.window = tcp_.scaled_window;
    blanks_.number = tcp_.in_flight;
    const auto lost = frames_of<finding::NeverDelivered>(tcp_.findings);
    if (!lost.empty()) {
      frames_ = packets(lost, words);
      blanks_.frames = frames_;
    }
    if (!copy_found_) return;
    const auto& copy = *copy_found_;
    blanks_.frame = copy.frame;
    const Phrase how = copy.other_options              ? Phrase::other_options
                       : copy.last_frame == 0          ? (copy.age ? Phrase::copy_of_at : Phrase::copy_of)
                       : copy.last_frame == copy.frame ? Phrase::part_of
                                                       : Phrase::parts_of;
    const auto [first, last] = std::minmax({copy.frame, copy.last_frame ? copy.last_frame : copy.frame});
    const std::string age = copy.age ? duration(*copy.age) : "";
    copy_ = filled(words[how], {.time = age, .frame = first, .number = last});
    blanks_.copy = copy_;
  }

  Annotation tell() const {
    Annotation told;
    told.text.reserve(256);  // two sentences and their blanks
    told.headline = headline();
    if (seen_.notes.has(Note::duplicate_frame)) {
      say(told.text, words_[Note::duplicate_frame], blanks_);
      return told;
    }
    say_take_backs(told.text);
    say_moves(told);
    say_rest(told.text);
    told.post = post();
    told.severity = severity();
    told.unsuited = unsuited();
    return told;
  }

 private:
  std::string headline() const {
    std::string text = filled(words_[headline_of(seen_)], blanks_);
    if (seen_.notes.has(Note::duplicate_frame)) return filled(words_[Headline::captured_again], {.name = text});
    return sent_again(seen_) ? filled(words_[Headline::again], {.name = text}) : text;
  }

  Phrase phrase_of(const TakeBack& back) const {
    const bool own_packet_again = back.side == seen_.stream->from;
    if (own_packet_again && seen_.notes.has(Note::retransmission)) return Phrase::taken_back_answer_lost;
    const bool age_known = copy_found_ && copy_found_->age && copy_found_->frame == back.frame;
    if (back.lost) return age_known ? Phrase::taken_back_lost_at : Phrase::taken_back_lost;
    if (back.event != Event::receive_fin) return Phrase::taken_back_still_sends;
    return segment_.flags.fin() ? Phrase::taken_back_both_fins : Phrase::taken_back_crossed;
  }

  void say_take_backs(std::string& text) const {
    const std::string age = copy_found_ && copy_found_->age ? duration(*copy_found_->age) : "";
    for (const TakeBack& back : tcp_.take_backs()) {
      if (back.believed == back.truth) continue;
      say(text, words_[phrase_of(back)],
          {.who = name_of(back.side, words_),
           .peer = name_of(other(back.side), words_),
           .from = to_string(back.believed),
           .to = to_string(back.truth),
           .time = age,
           .frame = back.frame});
    }
  }

  /// A receiver's step hangs on the packet's arrival, which a tap cannot see.
  std::string_view remark_on(Side side) const {
    const bool assumed = side != seen_.stream->from && change_of(seen_, side).certainty == Certainty::assumed;
    return assumed ? words_[Phrase::assumed] : std::string_view{};
  }

  /// The same, where no rule fired: also the sender's step hangs on something, that it does not repeat itself.
  std::string_view remark_without_rule(Side side) const {
    const SideChange& change = change_of(seen_, side);
    const bool joins = change.before == State::unknown && change.certainty == Certainty::assumed;
    return joins && side == seen_.stream->from ? words_[Phrase::assumed_no_copy] : remark_on(side);
  }

  bool fired(Side side) const {
    return std::ranges::any_of(tcp_.firings(), [side](const Firing& firing) { return firing.side == side; });
  }

  /// A state that changed though no rule fired: what was not known, or believed wrongly, is known now.
  bool shown_without_rule(Side side) const {
    const auto corrects = [side](const TakeBack& back) { return back.side == side; };
    return change_of(seen_, side).changed() && !fired(side) && std::ranges::none_of(tcp_.take_backs(), corrects);
  }

  void say_moves(Annotation& told) const {
    for (const Firing& firing : tcp_.firings()) {
      const Rule& rule = *firing.rule;
      const Blanks states{.from = to_string(rule.from), .to = to_string(rule.to)};
      const std::string move = filled(words_[rule.from == rule.to ? Phrase::stays : Phrase::moves], states);
      Blanks blanks = states;
      blanks.who = name_of(firing.side, words_);
      blanks.peer = name_of(other(firing.side), words_);
      blanks.move = move;
      blanks.assumed = remark_on(firing.side);
      const bool asks = rule.reason == Reason::active_open && !shows_connect(seen_);
      say(told.text, asks ? words_[Phrase::asks] : words_[rule.reason], blanks);
      if (rule.reason == Reason::reset_sent) say_why_reset(told.text, rule.from);
      if (rule.reason == Reason::fin_acknowledged && !segment_.flags.fin())
        say(told.text, words_[Phrase::may_still_send], blanks);
      told.rules.push_back(rule_line(firing));
    }
    for (const Side side : {Side::client, Side::server}) {
      if (!shown_without_rule(side)) continue;
      say(told.text, words_[Phrase::now_known],
          {.who = name_of(side, words_),
           .from = to_string(change_of(seen_, side).before),
           .to = to_string(change_of(seen_, side).after),
           .assumed = remark_without_rule(side)});
    }
    if (!tcp_.firings().empty()) told.section.append("RFC 9293 ").append(tcp_.firings().front().rule->section);
  }

  void say_why_reset(std::string& text, State from) const {
    if (const auto* asked = tcp_.findings.find<finding::PerhapsAnswers>())
      say(text, words_[Phrase::reset_perhaps_answers], {.frame = asked->frame});
    else if (breaks_off(from))
      say(text, words_[Phrase::reset_why], {});
  }

  /// "client: CLOSED, send SYN -> SYN_SENT (RFC 9293 3.10.1)"
  static std::string rule_line(const Firing& firing) {
    const Rule& rule = *firing.rule;
    std::string line;
    line.reserve(96);
    line.append(to_string(firing.side))
        .append(": ")
        .append(to_string(rule.from))
        .append(", ")
        .append(to_string(rule.event));
    line.append(" -> ").append(to_string(rule.to)).append(" (RFC 9293 ").append(rule.section).append(")");
    return line;
  }

  void say_rest(std::string& text) const {
    const bool moved = !text.empty();  // so far only moves are told
    const bool deed_told = say_deed(text, moved);
    say_handshake(text);
    say_notes(text, seen_.notes, told_already(), blanks_, words_);
    say_relations(text, seen_, blanks_, words_);
    say_options(text, seen_, words_);
    say_ip(text, seen_, segment_, words_);
    if (segment_.options.malformed) say(text, words_[Phrase::tcp_options_malformed], {});
    if (!moved && !deed_told) say(text, words_[Phrase::states_stay], blanks_);
    if (seen_.stream->packet == 1) say_beginning(text);
  }

  /// Its data, or what it acknowledges. False where there is nothing to say of these.
  bool say_deed(std::string& text, bool moved) const {
    if (segment_.payload_length > 0 && !seen_.notes.has(Note::keep_alive)) {
      say(text, words_[moved ? Phrase::carries_data : Phrase::sends_data], blanks_);
      return true;
    }
    if (moved || !without_remarks(seen_.notes).empty() || segment_.flags.syn() ||
        tcp_.findings.has<finding::ResetAnswers>() || answers_old_syn(seen_))
      return false;
    say_confirmation(text);
    return true;
  }

  void say_handshake(std::string& text) const {
    if (segment_.flags.syn() && segment_.flags.ack() && tcp_.peer_next > 1) say_syn_data(text);
    if (seen_.notes.has(Note::data_in_syn) && segment_.options.fast_open_cookie.value_or(0) > 0)
      say(text, words_[Phrase::data_at_once], {});
    const bool first = segment_.flags.syn() && !sent_again(seen_) && !seen_.notes.has(Note::illegal_flags);
    if (first && change_of(seen_, other(seen_.stream->from)).after == State::listen)
      say(text, words_[Phrase::listener_unknown], blanks_);
    if (tcp_.findings.has<finding::CookieRefused>()) say(text, words_[Phrase::gives_no_cookie], {});
  }

  void say_beginning(std::string& text) const {
    if (!segment_.flags.syn())
      say(text, words_[segment_.flags.rst() ? Phrase::only_reset_yet : Phrase::joined_late], blanks_);
    if (!seen_.stream->client_assumed) return;
    const bool by_order = seen_.stream->client.port == seen_.stream->server.port;
    say(text, words_[by_order ? Phrase::client_guessed_by_order : Phrase::client_guessed], blanks_);
  }

  /// The notes that say what the segment is about, and not only how it came.
  static NoteSet without_remarks(NoteSet notes) {
    return notes.without({Note::urgent, Note::zero_window, Note::fragment, Note::truncated, Note::offload_length});
  }

  void say_confirmation(std::string& text) const {
    if (segment_.flags.rst() && change_of(seen_, seen_.stream->from).after == State::closed)
      return say(text, words_[segment_.flags.ack() ? Phrase::reset_again : Phrase::reset_answers], blanks_);
    Blanks blanks = blanks_;
    std::string answer, time;
    if (const auto* acknowledged = tcp_.findings.find<finding::Acknowledges>()) {
      const bool later = acknowledged->after && acknowledged->after->count() > 0;  // by the clock of the capture
      if (later) time = duration(*acknowledged->after);
      answer = filled(words_[later                        ? Phrase::answers_at_once
                             : acknowledged->or_frame > 0 ? Phrase::answers_either
                                                          : Phrase::answers],
                      {.time = time, .frame = acknowledged->frame, .number = acknowledged->or_frame});
    }
    blanks.answer = answer;
    say(text,
        words_[segment_.flags.fin()   ? Phrase::closes_unknown
               : segment_.flags.ack() ? Phrase::confirms
                                      : Phrase::sends_nothing],
        blanks);
  }

  /// The data of a SYN (RFC 7413): the answer takes it, or not.
  void say_syn_data(std::string& text) const {
    say(text, words_[tcp_.ack > 1 ? Phrase::takes_syn_data : Phrase::leaves_syn_data], {.number = tcp_.ack - 1});
  }

  /// The connection stood: a FIN would have ended it in order.
  static bool breaks_off(State state) { return state == State::established || state == State::close_wait; }

  bool is_taken_back_as_lost(std::uint64_t frame) const {
    return std::ranges::any_of(tcp_.take_backs(), [frame](const TakeBack& back) {
      return back.lost && back.frame == frame && back.believed != back.truth;
    });
  }

  /// Notes whose fact a rule, a take-back or another note has told with more words.
  NoteSet told_already() const {
    NoteSet told = told_by_ip(segment_.ip);
    if (!tcp_.firings().empty()) told.add(Note::refused);
    if (acknowledges_fin_unseen(seen_)) told.add(Note::acked_unseen);
    if (lacks_only_ack(seen_)) told.add(Note::illegal_flags);
    if (still_full(seen_)) told.add(Note::window_full);
    if (seen_.notes.has(Note::fast_retransmission) || seen_.notes.has(Note::spurious_retransmission))
      told.add(Note::retransmission);
    const auto lost = frames_of<finding::NeverDelivered>(tcp_.findings);
    if (!lost.empty() && std::ranges::all_of(lost, [&](std::uint64_t frame) { return is_taken_back_as_lost(frame); }))
      told.add(Note::never_delivered);
    for (const TakeBack& back : tcp_.take_backs()) {
      if (back.lost) told.add(Note::retransmission);
      if (phrase_of(back) == Phrase::taken_back_both_fins) told.add(Note::simultaneous_close);
    }
    return told;
  }

  /// No scan, no timer and no window that changes: the text has told what it is.
  NoteSet unsuited() const {
    NoteSet notes;
    if (lacks_only_ack(seen_)) notes.add(Note::illegal_flags);
    const bool first = tcp_.seq == 1 && tcp_.ack == 1;  // nothing has come that fills the window
    if (first || tcp_.findings.has<finding::WindowWasZero>()) notes.add(Note::window_update);
    if (copy_found_ && copy_found_->age > longest_timer) notes.add(Note::spurious_retransmission);
    if (tcp_.take_backs().empty()) notes.add(Note::never_delivered);  // nothing was assumed because of that packet
    if (segment_.flags.reserved()) notes.add(Note::self_connect);  // no socket sets them: somebody made the packet up
    if (lacks_peer(seen_)) notes.add(Note::lost_segment);
    if (tcp_.findings.has<finding::TooSoon>() || made_by_a_tool(seen_)) notes.add(Note::retransmission);
    return notes;
  }

  std::string post() const {
    const std::optional<PostView> beside = post_of(seen_);
    if (!beside) return {};
    const PostView& view = *beside;
    std::string text = filled(words_[view.missing ? Phrase::post_missing : Phrase::post_step],
                              {.number = static_cast<std::uint64_t>(view.step)});
    text.reserve(256);
    text.append(words_[view.step]).append(" ").append(words_[view.verdict]);
    return text;
  }

  Severity severity() const { return segment_.flags.rst() ? Severity::warning : severity_of(seen_.notes); }

  const Observation& seen_;
  const Segment& segment_;
  const TcpView& tcp_;
  const finding::Repeats* copy_found_;
  const Catalog& words_;
  std::string bytes_, copy_, frames_;
  Blanks blanks_;  // of the sender
};

}  // namespace

Annotation explain_segment(const Observation& seen, const Catalog& words) { return Story(seen, words).tell(); }

}  // namespace echolab::capture

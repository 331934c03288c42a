// What a conversation consists of, for PackedConversation. Private to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "capture/track/archive.hpp"
#include "capture/track/conversation.hpp"

namespace echolab::capture {

/// The fields of all that a conversation consists of, each struct by its own function. A field that is added to one of
/// these structs does not compile until it stands here, too. Packets by number and time come first, so that others are
/// found among them.
struct Packing : Fields {
  template <class A>
  static void pack(A& a, TcpConversation& conversation) {
    auto& [client, server, client_assumed, joined_late] = conversation.origin_;
    bool follows = conversation.earlier_.has_value();
    a.each(plain(follows), plain(client_assumed), plain(joined_late), plain(conversation.self_connected_),
           plain(conversation.vantage_), plain(conversation.checksums_count_), plain(conversation.lengths_count_),
           frame(conversation.third_under_way_), plain(conversation.told_of_missed_fin_),
           plain(conversation.first_data_seen_), plain(conversation.first_data_from_));
    for (std::size_t i = 0; i < conversation.ends_.size(); ++i) {
      a.turn_to(i);
      pack(a, conversation.ends_[i]);
    }
    a.turn_to(static_cast<std::size_t>(conversation.first_data_from_));
    conversation.first_data_seq_ = a.own(conversation.first_data_seq_);
    pack(a, conversation.tally_);
    if (follows) pack(a, conversation.earlier_ ? *conversation.earlier_ : conversation.earlier_.emplace());
  }
  template <class A>
  static void pack(A& a, TcpConversation::Earlier& earlier) {
    auto& [client, server] = earlier;
    pack(a, client);
    pack(a, server);
  }

  template <class A>
  static void pack(A& a, TcpEndpoint& end) {
    auto& [belief, send, acknowledged, acknowledged_frame, acknowledged_time, acknowledgement_lost,
           acknowledged_timestamp, lost_ack, syn_frame, syn_ack_frame, fin_frame, lone_fin, lone_fin_frame,
           next_at_ack_of_fin, skipped, perhaps_keep_alive, told_unseen, told_wrap, told_hole, missed_end,
           reset_may_fit, claim_frame, unclaimed, sends_whole, damaged_frame, new_data, reset_frame, reset_number,
           early_reset, unanswered, before_reset, fins_sent, fin_answers, fin_denials, late, refused, window,
           window_is_scaled, window_scale, scale_missed, furthest, asks_for_cookie, asks_for_ecn, asks_for_accurate_ecn,
           congestion_count, syn_options, selects, segment_limit, last, latest_timestamp, sent, unsettled,
           quickest_answer, holes, told, end_unknown, time_wait_since, identification, sightings, probe, probe_byte,
           duplicate_acks, latest_ack_time, answers_challenge, other_answer] = end;
    pack(a, send);
    pack_list(a, sent.sent_, sent.first_);
    pack_list(a, holes, 0);
    Stamp said{acknowledged_frame, acknowledged_time};
    bool answered = quickest_answer != Time::duration::max();
    bool asks = unanswered.has_value(), was_reset = before_reset.has_value(), probed = probe_byte.has_value();
    bool denied = late.has_value(), answers_twice = other_answer != nullptr;
    a.each(moment(last), moment(said), frame(lost_ack), frame(syn_frame), frame(syn_ack_frame), frame(fin_frame),
           frame(claim_frame), frame(damaged_frame), frame(lone_fin_frame), frame(reset_frame), moment(early_reset),
           time(time_wait_since), time(latest_ack_time), peers(acknowledged), peers(furthest), own(unclaimed),
           own(lone_fin), own(next_at_ack_of_fin), own(missed_end), own(new_data), own(reset_number), own(refused),
           stamp(acknowledged_timestamp), stamp(latest_timestamp), plain(answered), plain(asks), plain(was_reset),
           plain(probed), plain(denied), plain(answers_twice));
    a.each(plain(acknowledgement_lost), plain(skipped), plain(told_unseen), plain(told_wrap), plain(told_hole),
           plain(reset_may_fit), plain(sends_whole), plain(perhaps_keep_alive), plain(fins_sent), plain(fin_answers),
           plain(fin_denials), plain(window), plain(window_is_scaled), plain(window_scale), plain(scale_missed),
           plain(asks_for_cookie), plain(asks_for_ecn), plain(asks_for_accurate_ecn), plain(congestion_count),
           plain(syn_options), plain(selects), plain(segment_limit), plain(unsettled), plain(end_unknown),
           plain(identification), plain(probe), plain(duplicate_acks), plain(answers_challenge));
    acknowledged_frame = said.frame, acknowledged_time = said.time;
    if (answered) a.each(plain(quickest_answer));
    if (asks) pack(a, unanswered ? *unanswered : unanswered.emplace());
    if (was_reset) pack(a, before_reset ? *before_reset : before_reset.emplace());
    if (probed) pack(a, probe_byte ? *probe_byte : probe_byte.emplace());
    if (denied) pack(a, late ? *late : late.emplace());
    if (answers_twice) pack(a, other_answer ? *other_answer : *(other_answer = std::make_unique<TcpEndpoint>()));
    pack(a, sightings);
    pack(a, told);
    pack(a, belief);
  }

  template <class A>
  static void pack(A& a, SendSpace& space) {
    auto& [numbered, isn_seen, isn, next, syn_end, fin_end] = space;
    a.each(plain(numbered), plain(isn_seen), own(isn), own(syn_end), own(next), own(fin_end));
  }
  /// A list, but for what stands before `first`.
  template <class A, class T>
  static void pack_list(A& a, std::vector<T>& list, std::size_t first) {
    list.resize(a.word(list.size() - first) + first);
    for (std::size_t i = first; i < list.size(); ++i) pack(a, list[i]);
  }
  template <class A>
  static void pack(A& a, SentSegment& it) {
    auto& [begin, end, part_end, again_begin, again_end, digest, at, timestamp, identification, checksum, place, syn,
           fin, whole, has_timestamp, selectively_acknowledged, is_copy, damaged, overtaken, sent_again,
           arrived_in_part, in_doubt, thought_lost, lost, old_ack, captured_twice] = it;
    std::uint16_t bits = 0;
    int next = 0;
    if (!A::is_packer) a.bytes(&bits, sizeof bits);
    const auto flag = [&](bool now) {
      if (A::is_packer) bits = static_cast<std::uint16_t>(bits | now << next);
      return (bits >> next++ & 1) != 0;
    };
    syn = flag(syn), fin = flag(fin), whole = flag(whole), has_timestamp = flag(has_timestamp);
    selectively_acknowledged = flag(selectively_acknowledged), is_copy = flag(is_copy), overtaken = flag(overtaken);
    sent_again = flag(sent_again), arrived_in_part = flag(arrived_in_part), in_doubt = flag(in_doubt);
    thought_lost = flag(thought_lost), lost = flag(lost), old_ack = flag(old_ack);
    captured_twice = flag(captured_twice), damaged = flag(damaged);
    bool empty = digest == 0;
    empty = flag(empty);
    if (A::is_packer) a.bytes(&bits, sizeof bits);
    begin = a.own(begin), end = a.own(end), at = a.moment(at);
    if (!empty) a.bytes(&digest, sizeof digest);
    identification = static_cast<std::uint16_t>(a.word(identification));
    a.bytes(&checksum, sizeof checksum);
    pack(a, place);
    if (has_timestamp) timestamp = a.stamp(timestamp);
    if (arrived_in_part) part_end = a.own(part_end);
    if (sent_again) again_begin = a.own(again_begin), again_end = a.own(again_end);
  }
  template <class A>
  static void pack(A& a, Hole& hole) {
    auto& [begin, end, since, timestamp, before, behind, acknowledged] = hole;
    a.each(own(begin), own(end), time(since), stamp(timestamp), plain(before), plain(behind), plain(acknowledged));
  }
  template <class A>
  static void pack(A& a, CapturePlace& place) {
    auto& [link, ttl] = place;
    a.each(plain(link), plain(ttl));
  }
  template <class A>
  static void pack(A& a, Sightings& sightings) {
    auto& [latest, next] = sightings;
    a.each(plain(next));
    for (Sighting& it : latest) {
      auto& [at, name, place] = it;
      a.each(moment(at), plain(name), plain(place.link), plain(place.ttl));
    }
  }
  template <class A>
  static void pack(A& a, Belief& belief) {
    auto& [states, guessed, count, assumed] = belief;
    auto& [bits] = states;
    a.each(plain(bits), plain(guessed), plain(count));
    for (std::size_t i = 0; i < count; ++i) {
      auto& [before, event, from] = assumed[i];
      auto& [bits_before] = before;
      a.each(plain(bits_before), plain(event), frame(from));
    }
  }
  template <class A>
  static void pack(A& a, Late& late) {
    auto& [event, from, until] = late;
    a.each(plain(event), frame(from), time(until));
  }
  template <class A>
  static void pack(A& a, UnansweredAck& ack) {
    auto& [number, from, only] = ack;
    a.each(peers(number), frame(from), plain(only));
  }
  template <class A>
  static void pack(A& a, Arrival& arrival) {
    auto& [from, with, without] = arrival;
    a.each(frame(from), plain(with), plain(without));
  }
  template <class A>
  static void pack(A& a, finding::Original& told) {
    auto& [notes, step_bits, acknowledges_fin] = told;
    auto& [bits] = notes;
    a.each(plain(bits), plain(step_bits), plain(acknowledges_fin));
  }

  template <class A>
  static void pack(A& a, Tally& tally) {
    auto& [packets, packets_client, bytes_client, bytes_server, retransmissions, never_delivered, delivered_in_part,
           captured_twice, icmp_errors, first_icmp, opened_at_once, syn_seen, syn_ack_seen, only_resets, handshake,
           closed, closed_by, closed_at_once, reset_by, first, last, silence, spoke_again, untimed, asked,
           handshake_took, clock_went_back, handshake_times, stays] = tally;
    auto& [icmp_frame, icmp_v6, icmp_type, icmp_code] = first_icmp;
    a.each(plain(packets), plain(packets_client), plain(bytes_client), plain(bytes_server), plain(retransmissions[0]),
           plain(retransmissions[1]), plain(never_delivered), plain(delivered_in_part), plain(captured_twice),
           plain(icmp_errors), plain(icmp_frame), plain(icmp_v6), plain(icmp_type), plain(icmp_code),
           plain(opened_at_once), plain(syn_seen), plain(syn_ack_seen), plain(only_resets), plain(handshake),
           plain(closed), plain(closed_by), plain(closed_at_once), plain(reset_by), time(first), time(last),
           plain(silence), time(spoke_again), time(asked), plain(handshake_took), plain(untimed),
           plain(clock_went_back));
    pack(a, handshake_times);
    for (StateHistory& side : stays) pack(a, side, first);
  }
  template <class A>
  static void pack(A& a, HandshakeTimes& times) {
    auto& [syn, syn_ack, to_server, to_client, server_answered, client_answered] = times;
    auto& [syn_at, syn_stamp, syn_asked] = syn;
    auto& [syn_ack_at, syn_ack_stamp, syn_ack_asked] = syn_ack;
    a.each(time(syn_at), plain(syn_stamp), plain(syn_asked), time(syn_ack_at), plain(syn_ack_stamp),
           plain(syn_ack_asked), plain(server_answered), plain(client_answered));
    to_server = a.difference(to_server), to_client = a.difference(to_client);
  }
  template <class A>
  static void pack(A& a, StateHistory& stays, Time first) {
    auto& [visits, frames, count] = stays;
    a.each(plain(count));
    for (std::size_t i = 0; i < count; ++i) {
      const auto state = static_cast<State>(a.word(static_cast<std::uint64_t>(visits[i].state())));
      const Stamp began = a.moment({frames[i], later(first, visits[i].since())});
      visits[i] = {state, since(first, began.time)};
      frames[i] = static_cast<std::uint32_t>(began.frame);
    }
  }

  /// Enough bytes for it, whatever its fields are.
  static std::size_t room_for(const TcpConversation& conversation) {
    std::size_t fields = 256;
    for (const TcpEndpoint& end : conversation.ends_) {
      fields += 24 * (end.sent.all().size() + end.holes.size());
      if (end.other_answer) fields += 128 + 24 * (end.other_answer->sent.all().size() + end.other_answer->holes.size());
    }
    return fields * Packer::longest_field;
  }

 private:
  /// Times of damaged captures lie anywhere: the sum may wrap, and the difference brings it back.
  static Time later(Time first, std::chrono::nanoseconds since) {
    return Time(std::chrono::nanoseconds(static_cast<std::int64_t>(
        static_cast<std::uint64_t>(first.time_since_epoch().count()) + static_cast<std::uint64_t>(since.count()))));
  }
  static std::chrono::nanoseconds since(Time first, Time then) {
    return std::chrono::nanoseconds(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(then.time_since_epoch().count()) -
                                  static_cast<std::uint64_t>(first.time_since_epoch().count())));
  }
};

}  // namespace echolab::capture

// lab step: the student decides about every frame.
#pragma once

#include <chrono>
#include <optional>
#include <set>

#include "tools/lab/program/copies.hpp"
#include "tools/lab/program/keys.hpp"
#include "tools/lab/program/program.hpp"
#include "tools/lab/story/experiment.hpp"
#include "tools/lab/story/story.hpp"

namespace echolab::lab {

class Stepper {
 public:
  Stepper(const Scenario& scenario, Story& story, const cli::Common& common);

  /// Until the scenario is over, the student quits, or a stop signal comes. Whether it is over.
  bool play();
  Experiment& experiment() { return experiment_; }

 private:
  void hear(const Event& event);
  const Frame* chosen() const;
  void tell_row(const Frame& frame);
  std::string named(const Frame& frame) const;
  std::string others_than(const Frame& frame) const;
  std::string keys_for(const Frame& frame) const;
  bool decide(char key);
  void help() const;
  void ask();
  bool ask_hand();
  std::optional<char> next_key();
  bool wants_out();
  void press(char key);
  bool press_hand(char key);
  void tell_copies(std::uint64_t frame, std::size_t copies);
  bool drop_copies();
  void settle(std::uint64_t frame);
  void leave_to_rules(bool input_ended);
  void show_sockets();
  void say(std::string_view text);
  void say_keys(std::string_view keys);

  Story& story_;
  Language lang_;
  capture::Paint paint_;
  Experiment experiment_;
  Keys keys_;
  Copies copies_;
  std::set<std::uint64_t> later_;
  std::set<std::uint64_t> dropped_copies_;  // one line has said it of all of them
  std::uint64_t asked_ = 0;                 // the frame that the prompt is about
  std::uint64_t row_ = 0;                   // the frame of the ladder's last row; 0: one that has gone
  std::string others_told_;                 // the frames that are held besides
  std::size_t copies_told_ = 0;             // of it
  bool copies_told_last_ = false;           // nothing was written since
  bool asking_ = false, by_hand_ = true, quit_ = false;
  using Clock = std::chrono::steady_clock;
  Clock::time_point asked_last_ = Clock::now();

  // by-hand alone: what the student sends.
  bool has_hand_;
  bool ordered_ = false;           // the hand was told to send, and its packet is not here yet
  std::optional<char> too_early_;  // a key of a pipe, for a packet that has not come yet
  Clock::time_point stirred_{};    // when something happened last
  std::optional<Clock::time_point> leave_at_;
};

}  // namespace echolab::lab

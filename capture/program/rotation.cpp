#include "capture/program/rotation.hpp"

#include <fmt/format.h>

#include <array>
#include <climits>
#include <ctime>

namespace echolab::capture {
namespace {

/// In local time, as tcpdump does. What makes no name is taken as it is.
std::string with_time(const std::string& pattern, Time time) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm local{};
  std::array<char, PATH_MAX> name;
  ::localtime_r(&seconds, &local);
  const std::size_t length = std::strftime(name.data(), name.size(), pattern.c_str(), &local);
  return length > 0 ? std::string(name.data(), length) : pattern;
}

/// Digits of the highest number in a ring, so that the names sort.
int digits_of_ring(std::uint64_t files) {
  int digits = 0;
  for (std::uint64_t highest = files > 0 ? files - 1 : 0; highest > 0; highest /= 10) ++digits;
  return digits;
}

}  // namespace

std::string Rotation::name(const std::string& path, std::uint64_t number, Time begun) const {
  const std::string name = period.count() > 0 ? with_time(path, begun) : path;
  const int digits = bytes > 0 ? digits_of_ring(files) : 0;
  return number == 0 && digits == 0 ? name : fmt::format("{}{:0{}}", name, number, digits);
}

std::optional<SourceError> RotatedWriter::open() { return names_wait() ? std::nullopt : open_file(); }

std::optional<SourceError> RotatedWriter::open_file() {
  auto opened =
      PacketWriter::open(source_, rotation_.name(path_, number_, begun_.value_or(Time{})), format_of(path_), links_);
  if (auto* error = std::get_if<SourceError>(&opened)) return *error;
  writer_ = std::get<PacketWriter>(std::move(opened));
  return std::nullopt;
}

bool RotatedWriter::period_is_over(const Packet& packet) const {
  return rotation_.period.count() > 0 && packet.has_time() && packet.time - *begun_ >= rotation_.period;
}

std::optional<SourceError> RotatedWriter::begin_period(Time now) {
  begun_ = now;
  number_ = 0;
  complete_ = ++periods_ == rotation_.files && rotation_.bytes == 0;
  return complete_ ? std::nullopt : next_file();
}

std::optional<SourceError> RotatedWriter::next_file() {
  if (auto error = writer_->close({})) return error;
  return open_file();
}

std::optional<SourceError> RotatedWriter::write(const Packet& packet) {
  std::optional<SourceError> error;
  if (!writer_) {
    if (!begun_) begun_ = packet.has_time() ? packet.time : Time{};
    error = open_file();
  } else if (period_is_over(packet)) {
    error = begin_period(packet.time);
  } else if (rotation_.bytes > 0 && writer_->size() > rotation_.bytes) {
    ++number_;
    if (number_ == rotation_.files) number_ = 0;
    error = next_file();
  }
  return error || complete_ ? error : writer_->write(packet);
}

std::optional<SourceError> RotatedWriter::flush() { return writer_ ? writer_->flush() : std::nullopt; }

std::optional<SourceError> RotatedWriter::close(const FileCounts& counts) {
  return writer_ ? writer_->close(counts) : std::nullopt;
}

}  // namespace echolab::capture

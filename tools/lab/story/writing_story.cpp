// A story that is written down, too: the frames as they pass, in a capture file.
#include <stdexcept>

#include "capture/explain/failure.hpp"
#include "capture/source/packet_source.hpp"
#include "net/privileges.hpp"
#include "tools/lab/story/story.hpp"

namespace echolab::lab {
namespace {

using capture::PacketWriter;
using capture::SourceError;

class WritingStory final : public Story {
 public:
  WritingStory(std::unique_ptr<Story> story, PacketWriter writer, Language language)
      : story_(std::move(story)), writer_(std::move(writer)), language_(language) {}

  std::string begin(const Scenario& scenario) override { return story_->begin(scenario); }
  std::string tell(const Event& event) override {
    const auto* wire = std::get_if<WireEvent>(&event);
    if (wire && !waits(wire->fate)) check(writer_.write(wire->observation.packet));
    return story_->tell(event);
  }
  std::string end(const Scenario& scenario, const std::vector<Judge::Verdict>& verdicts) override {
    check(writer_.close());
    return story_->end(scenario, verdicts);
  }

 private:
  void check(const std::optional<SourceError>& error) const {
    if (error) throw std::runtime_error(explain(*error, "lab", language_));
  }

  std::unique_ptr<Story> story_;
  PacketWriter writer_;
  Language language_;
};

}  // namespace

std::unique_ptr<Story> written(std::unique_ptr<Story> story, const std::string& path, Language language) {
  const auto links = net::is_root_outside() ? capture::Links::refused : capture::Links::followed;
  auto opened = PacketWriter::open(capture::LinkType::ethernet, path, capture::format_of(path), links);
  if (const auto* error = std::get_if<SourceError>(&opened)) throw std::runtime_error(explain(*error, "lab", language));
  return std::make_unique<WritingStory>(std::move(story), std::get<PacketWriter>(std::move(opened)), language);
}

}  // namespace echolab::lab

// Recordings of a Linux kernel whose true states are known after every packet. Both endpoints' states must be the
// kernel's; every exception stands below, frame by frame, with its reason.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "capture/decode/decode.hpp"
#include "capture/source/packet_source.hpp"
#include "capture/track/observer.hpp"
#include "tests/support/corpus.hpp"

namespace echolab::test {
namespace {

using namespace capture;  // NOLINT: tests read better

struct Exception {
  std::string file;
  std::uint64_t frame;
  std::string ours;    // sender/receiver
  std::string kernel;  // sender/receiver
  std::string reason;
};

const std::string waits = "a SYN alone proves no listener: its state waits for the SYN,ACK";
const std::string no_socket = "the oracle has no socket to ask";
const std::string dropped = "captured, then dropped: an observer cannot know before the retransmission";
const std::string crossed = "the two ends crossed each other: an observer cannot know before the next packet";

const std::vector<Exception> exceptions = {
    {"k01_echo_client_closes_first", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k03_refused", 1, "SYN_SENT/LISTEN", "SYN_SENT/-", no_socket},
    {"k03_refused", 2, "CLOSED/CLOSED", "-/CLOSED", no_socket},
    {"k05_abort_linger0", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k08_zero_window_recovers", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k10_keepalive", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k11_syn_lost_after_capture", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k11_syn_lost_after_capture", 2, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k14_data_lost_rto", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k16_fin_lost", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k16_fin_lost", 8, "FIN_WAIT_1/CLOSE_WAIT", "FIN_WAIT_1/ESTABLISHED", dropped},
    {"k18_simultaneous_close_closing", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k18_simultaneous_close_closing", 8, "FIN_WAIT_1/CLOSE_WAIT", "FIN_WAIT_1/ESTABLISHED", crossed},
    {"k18_simultaneous_close_closing", 9, "FIN_WAIT_1/CLOSING", "FIN_WAIT_1/FIN_WAIT_1", crossed},
    {"k19_simultaneous_open", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_SENT", crossed},
    {"k19_simultaneous_open", 2, "SYN_SENT/SYN_RECEIVED", "SYN_SENT/SYN_SENT", crossed},
    {"k21_same_4tuple_reused_in_time_wait", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k21_same_4tuple_reused_in_time_wait", 12, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k21_same_4tuple_reused_in_time_wait", 23, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k25_urgent_data", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k25_urgent_data", 12, "CLOSED/CLOSED", "CLOSED/FIN_WAIT_2",
     "the oracle errs: an RST at exactly RCV.NXT closes (RFC 9293, 3.10.7.4)"},
    {"k27_ipv6_echo", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k35_fast_open", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k35_fast_open", 11, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
    {"k38_bulk_1MiB_gso", 1, "SYN_SENT/LISTEN", "SYN_SENT/SYN_RECEIVED", waits},
};

std::string states(const Observation& seen) {
  const TcpView& tcp = *seen.tcp;
  const bool from_client = seen.stream->from == Side::client;
  const State sender = from_client ? tcp.client.after : tcp.server.after;
  const State receiver = from_client ? tcp.server.after : tcp.client.after;
  return std::string(to_string(sender)) + "/" + std::string(to_string(receiver));
}

std::map<std::uint64_t, std::string> kernel_states(const std::filesystem::path& file) {
  const Table table(oracle_path(file, "kernel"));
  std::map<std::uint64_t, std::string> by_frame;
  for (std::size_t row = 0; row < table.size(); ++row)
    by_frame[std::stoull(std::string(table.at(row, "frame")))] =
        std::string(table.at(row, "src_observable_rfc")) + "/" + std::string(table.at(row, "dst_observable_rfc"));
  return by_frame;
}

class KernelLive : public testing::TestWithParam<std::filesystem::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(KernelLive);

TEST_P(KernelLive, EndsAreInTheKernelsStatesAfterEveryPacket) {
  const std::filesystem::path file = GetParam();
  const auto kernel = kernel_states(file);
  auto opened = PacketSource::open_file(file.string(), "");
  auto* source = std::get_if<PacketSource>(&opened);
  ASSERT_NE(source, nullptr);

  Observer observer;
  std::map<std::uint64_t, Exception> expected;
  for (const Exception& exception : exceptions)
    if (exception.file == file.stem()) expected[exception.frame] = exception;
  std::size_t compared = 0;
  while (const auto packet = source->next()) {
    const Observation seen = observer.observe(*packet, decode(*packet));
    const auto truth = kernel.find(packet->frame);
    if (!seen.tcp || truth == kernel.end()) continue;
    ++compared;
    if (const auto exception = expected.find(packet->frame); exception != expected.end()) {
      EXPECT_EQ(states(seen), exception->second.ours) << "frame " << packet->frame;
      EXPECT_EQ(truth->second, exception->second.kernel) << "frame " << packet->frame;
      expected.erase(exception);
    } else {
      EXPECT_EQ(states(seen), truth->second) << "frame " << packet->frame;
    }
  }
  EXPECT_FALSE(source->error()) << source->error()->detail;
  EXPECT_EQ(compared, kernel.size());
  EXPECT_TRUE(expected.empty()) << "an exception that did not occur";
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& info) { return info.param.stem().string(); }

INSTANTIATE_TEST_SUITE_P(Corpus, KernelLive,
                         testing::ValuesIn(has_corpus() ? corpus_files("kernel-live")
                                                        : std::vector<std::filesystem::path>{}),
                         test_name);

TEST(KernelLiveCorpus, IsThere) {
  if (!has_corpus()) GTEST_SKIP() << no_corpus();
  EXPECT_GE(corpus_files("kernel-live").size(), 17u);
}

}  // namespace
}  // namespace echolab::test

// D9: root writes no file. Whom it becomes, and that it cannot be had back.
#include <sys/wait.h>

#include <functional>

#include "net/privileges.hpp"
#include "tests/faults/traffic.hpp"

namespace echolab::test {
namespace {

using testing::HasSubstr;

constexpr auto nothing = "0000000000000000";

/// Root of this machine, in a network of its own but in no user namespace.
class FaultD9 : public testing::Test {
 protected:
  void SetUp() override {
    if (!net::is_root_of_the_machine()) GTEST_SKIP() << "not root of this machine";
    if (::unshare(CLONE_NEWNET) != 0 || !set_up("lo", true)) GTEST_SKIP() << "no private network, even for root";
    expect_nobody(folder);
  }

  /// Captures into `file`; the uid that the process has meanwhile, and that the file belongs to.
  static uid_t writer_of(const std::string& file, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.end(), {"-w", file});
    Process capture(command("capture", arguments));
    capture.wait_for("watching lo");
    const auto uid = static_cast<uid_t>(std::stoul(status_of(capture.pid(), "Uid")));
    const std::string all = std::to_string(uid);
    EXPECT_EQ(status_of(capture.pid(), "Uid"), all + "\t" + all + "\t" + all + "\t" + all);
    for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
      EXPECT_EQ(status_of(capture.pid(), set), nothing) << set;
    EXPECT_EQ(status_of(capture.pid(), "NoNewPrivs"), "1");
    EXPECT_EQ(capture.end(SIGINT).status, 0);
    struct stat written {};
    EXPECT_EQ(::stat(file.c_str(), &written), 0);
    EXPECT_EQ(written.st_uid, uid);
    return uid;
  }

  const TemporaryFolder folder;
};

TEST_F(FaultD9, PlainRootWritesAsNobody) { EXPECT_EQ(writer_of(folder.file("a.pcap")), net::nobody().uid); }

TEST_F(FaultD9, UnderSudoTheFileBelongsToTheCaller) {
  ::setenv("SUDO_UID", "12345", 1);
  ::setenv("SUDO_GID", "12346", 1);
  EXPECT_EQ(writer_of(folder.file("a.pcap")), 12345U);
}

TEST_F(FaultD9, TheUserThatWasAskedForGoesFirst) {
  const auto daemon = net::user_named("daemon");
  if (!daemon) GTEST_SKIP() << "no user \"daemon\" here";
  ::setenv("SUDO_UID", "12345", 1);
  EXPECT_EQ(writer_of(folder.file("a.pcap"), {"-Z", "daemon"}), daemon->uid);
}

TEST_F(FaultD9, AFolderOfRootsIsClosedAndTheErrorSaysWhatToDo) {
  const TemporaryFolder closed;  // mode 0700
  const Ended ended = Process(command("capture", {"-w", closed.file("a.pcap")})).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("Permission denied. Root lets nobody write the file"));
  EXPECT_THAT(ended.err, HasSubstr("-Z USER"));
}

TEST_F(FaultD9, AnUnknownUserIsNamed) {
  const Ended ended = Process(command("capture", {"-Z", "no such user"})).wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.err, HasSubstr("there is no user no such user"));
}

/// Whether `body` holds in a process of its own: what is given up there is not missing here.
bool holds_in_child(const std::function<bool()>& body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body() ? 0 : 1);
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

TEST(FaultD9WithoutRoot, AnotherUserIsOutOfReachAndThatIsExitThree) {
  if (!net::user_named("daemon")) GTEST_SKIP() << "no user \"daemon\" here";
  const TemporaryFolder folder;  // open to all, as the checkout need not be
  std::filesystem::permissions(folder.file(""), std::filesystem::perms(0755));
  std::filesystem::copy_file(program("capture"), folder.file("capture"));
  std::filesystem::copy_file(sample_file(), folder.file("sample.pcap"));
  EXPECT_TRUE(holds_in_child([&] {
    constexpr uid_t somebody = 12000;
    if (::geteuid() == 0 && ::setresuid(somebody, somebody, somebody) != 0) return false;
    const Ended ended = Process({folder.file("capture"), "-r", folder.file("sample.pcap"), "-Z", "daemon"}).wait();
    return ended.status == 3 && ended.err.find("cannot become daemon") != std::string::npos &&
           ended.err.find("-Z is for root") != std::string::npos;
  }));
}

TEST_F(FaultD9, RootCannotBeHadBack) {
  EXPECT_TRUE(holds_in_child([] {
    const bool became = net::become(net::nobody());
    net::drop_privileges();
    const bool back = ::setuid(0) == 0 || ::seteuid(0) == 0 || ::setresuid(-1, 0, -1) == 0 || ::setgid(0) == 0;
    return became && !back && ::getuid() == net::nobody().uid;
  }));
}

class FaultD9InAUserNamespace : public Capturing {
 protected:
  void SetUp() override {
    Capturing::SetUp();
    if (!IsSkipped() && net::is_root_of_the_machine()) GTEST_SKIP() << "no user namespace here";
  }
};

TEST_F(FaultD9InAUserNamespace, EveryCapabilityGoesInstead) {
  Process capture(watching({"--format", "json", "-w", folder.file("a.pcap")}));
  capture.wait_for("watching lo");
  for (const char* set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
    EXPECT_EQ(status_of(capture.pid(), set), nothing) << set;
  traffic.send(3);
  EXPECT_EQ(capture.end(SIGINT).status, 0);
  EXPECT_THAT(run("capture", {"-r", folder.file("a.pcap"), "--format", "json"}).out, HasSubstr(packets(3)));
}

TEST_F(FaultD9InAUserNamespace, NobodyIsNoNumberThereAndNothingElseChanges) {
  EXPECT_TRUE(holds_in_child([] { return !net::become(net::nobody()) && ::getuid() == 0 && ::getgid() == 0; }));
}

TEST_F(FaultD9InAUserNamespace, NotEvenAnExecveBringsACapabilityBack) {
  EXPECT_TRUE(holds_in_child([] {
    net::drop_privileges();
    return std::system("grep -Eq '^CapEff:.*[1-9a-f]' /proc/self/status") != 0;
  }));
}

}  // namespace
}  // namespace echolab::test

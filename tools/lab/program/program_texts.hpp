// What the lab program says besides the story, in both languages.
#pragma once

#include "net/text.hpp"

namespace echolab::lab::texts {

inline constexpr Text description{
    "Two real hosts without root, and a wire in your hands: hold, drop, double, delay any packet between them, and see "
    "what the packets show beside what both kernels say.",
    "root 없이 만드는 진짜 호스트 두 대와 손에 쥔 와이어. 둘 사이의 패킷을 붙들고, 버리고, 두 번 보내고, 늦추면서 "
    "패킷으로 추론한 상태와 두 커널이 말하는 상태를 나란히 봅니다."};
inline constexpr Text footer{
    "Examples:\n"
    "  lab list                                    what there is to see\n"
    "  lab run handshake                           a whole story\n"
    "  lab run handshake --rule 'drop server SYN,ACK 1'\n"
    "  lab step lost-synack                        you decide about each packet\n"
    "Rules: drop|double|swap|corrupt HOST KIND [N | N..M], delay HOST KIND [N] TIME,\n"
    "  cut after HOST KIND [N] for TIME, loss 10%. HOST is client or server; KIND is\n"
    "  SYN SYN,ACK ACK DATA FIN RST UDP ICMP ANY; N counts from 1. TIME is 300ms, 2s.\n"
    "Exit status: 0 done; 1 a check did not hold, or it failed; 2 usage; 3 this\n"
    "  machine allows no lab (lab doctor says why, and what mends it)",
    "예:\n"
    "  lab list                                    볼 수 있는 것들\n"
    "  lab run handshake                           이야기 하나를 끝까지\n"
    "  lab run handshake --rule 'drop server SYN,ACK 1'\n"
    "  lab step lost-synack                        패킷마다 직접 정하기\n"
    "규칙: drop|double|swap|corrupt HOST KIND [N | N..M], delay HOST KIND [N] TIME,\n"
    "  cut after HOST KIND [N] for TIME, loss 10%. HOST는 client나 server, KIND는\n"
    "  SYN SYN,ACK ACK DATA FIN RST UDP ICMP ANY, N은 1부터 셉니다. TIME은 300ms, 2s.\n"
    "종료 상태: 0 끝남, 1 확인할 것이 그렇지 않았거나 실패, 2 사용법 오류, 3 이\n"
    "  컴퓨터에서는 실험실을 만들 수 없음(이유와 해결 방법은 lab doctor)"};

// A line is at most 80 columns.
inline constexpr Text scenario_rights{
    "A scenario is a program: what it starts has your rights on this machine, and\n"
    "root's if root runs it. Run only what you have read, or whose author you trust.",
    "시나리오는 프로그램입니다. 시나리오가 실행하는 명령은 실행한 사람의 권한을\n"
    "그대로 갖고, root로 실행하면 root 권한을 갖습니다. 읽어 보았거나 쓴 사람을 믿을\n"
    "때만 실행하세요."};
// {0} the file
inline constexpr Text scenario_as_root{
    "root runs this scenario, so what it starts has all of root's rights on this machine. If you have not read {0}, "
    "run "
    "it as an ordinary user",
    "root로 실행하므로 이 시나리오가 실행하는 명령은 이 컴퓨터에서 root 권한을 모두 갖습니다. {0}의 내용을 읽어 보지 "
    "않았다면 일반 사용자로 실행하세요"};

inline constexpr Text list{"Show the scenarios", "시나리오를 보여 줍니다"};
inline constexpr Text check{"Read scenario files and say what is wrong with them; nothing runs",
                            "시나리오 파일을 읽어 틀린 곳을 알려 줍니다. 아무것도 실행하지 않습니다"};
inline constexpr Text run{"Run a scenario and check what it promises", "시나리오를 실행하고 결과를 확인합니다"};
inline constexpr Text step{"Hold every packet and ask what to do with it", "패킷마다 붙들고 어떻게 할지 묻습니다"};
inline constexpr Text shell{"A shell on a host; the first starts the lab, the next join it",
                            "호스트에서 셸을 엽니다. 첫 번째가 실험실을 만들고 다음은 거기에 들어갑니다"};
inline constexpr Text doctor{"Check what this machine allows, and say how to fix it",
                             "이 컴퓨터가 무엇을 허용하는지 살피고 해결 방법을 알려 줍니다"};

inline constexpr Text scenario{"Its name, as lab list shows it", "시나리오 이름(lab list로 볼 수 있습니다)"};
inline constexpr Text scenario_file{"A scenario of your own instead: a TOML file", "직접 쓴 시나리오(TOML 파일)"};
inline constexpr Text scenario_dir{"A folder of scenarios of your own: its *.toml are found by name, too",
                                   "직접 쓴 시나리오를 모아 둔 폴더. 그 안의 *.toml도 이름으로 찾습니다"};
inline constexpr Text checked_file{"A scenario file; docs/scenarios has the format",
                                   "시나리오 파일. 형식은 docs/scenarios에 있습니다"};
// {0} the file, {1} and {2} numbers
inline constexpr Text readable{"{0}: can be run (programs: {1}, checks: {2})",
                               "{0}: 실행할 수 있습니다(프로그램 {1}개, 확인할 것 {2}개)"};
inline constexpr Text rule{"Another rule for the wire; may be repeated",
                           "와이어에 규칙을 더합니다. 여러 번 쓸 수 있습니다"};
inline constexpr Text loss{"Lose this percentage of the packets: 10 or 10%",
                           "패킷을 이 비율(%)로 잃어버립니다: 10 또는 10%"};
inline constexpr Text delay{"Delay every packet by this much: milliseconds, or 300ms, 2s",
                            "모든 패킷을 이만큼 늦춥니다: 밀리초, 또는 300ms, 2s"};
inline constexpr Text ipv6{"Run it over IPv6", "IPv6로 실행합니다"};
inline constexpr Text seed{"Seed of all chance: the same number, the same losses",
                           "무작위를 정하는 시드. 같은 수면 같은 패킷을 잃습니다"};
inline constexpr Text format{"text: the ladder; json: one object a line", "text: 사다리 그림, json: 한 줄에 객체 하나"};
inline constexpr Text write{"Write what crossed the wire to a file (pcap, or pcapng where the name ends in .pcapng)",
                            "와이어를 지나간 것을 파일에 씁니다(이름이 .pcapng로 끝나면 pcapng, 아니면 pcap)"};
inline constexpr Text host{"On which host", "어느 호스트에서"};
inline constexpr Text command{"Run this instead of a shell: -- tcp_server --once",
                              "셸 대신 이 명령을 실행합니다: -- tcp_server --once"};
// {0} the client's address, {1} the server's, {2} how they speak to each other
inline constexpr Text welcome{
    "two hosts, client ({0}) and server ({1}); what passes between them is shown here. {2}. The lab ends with this shell",
    "호스트 두 대, client({0})와 server({1}). 둘 사이를 지나는 패킷은 이 터미널에 보입니다. {2}. 이 셸을 닫으면 실험실도 "
    "끝납니다"};
// {0} the program as it was started
inline constexpr Text echo_from_server{
    "Here: tcp_server. In another terminal: {0} shell client, and there: tcp_client -m hello",
    "여기서는 tcp_server, 다른 터미널에서는 {0} shell client를 실행하고 거기서 tcp_client -m hello"};
inline constexpr Text echo_from_client{
    "In another terminal: {0} shell server, and there: tcp_server. Then here: tcp_client -m hello",
    "다른 터미널에서 {0} shell server를 실행하고 거기서 tcp_server, 그다음 여기서 tcp_client -m hello"};
inline constexpr Text joined_client{
    "this is the client. Where tcp_server runs on the server: tcp_client -m hello",
    "여기는 client입니다. server에서 tcp_server를 실행한 다음 여기서: tcp_client -m hello"};
inline constexpr Text joined_server{"this is the server: tcp_server. Then, on the client: tcp_client -m hello",
                                    "여기는 server입니다: tcp_server. 그다음 client에서: tcp_client -m hello"};
inline constexpr Text lab_ended{"the lab has just ended: run the command again",
                                "실험실이 방금 끝났습니다. 다시 실행하세요"};
// {0} a folder
inline constexpr Text not_private{
    "{0} is not a folder that you alone can enter. Remove it, and it is made anew: rm -r {0}",
    "본인만 들어갈 수 있는 폴더가 아닙니다: {0}. 지우면 새로 만듭니다: rm -r {0}"};
inline constexpr Text no_private_folder{
    "no folder is yours alone, neither XDG_RUNTIME_DIR nor your home. In each terminal, the same one that mktemp -d "
    "made: export XDG_RUNTIME_DIR=FOLDER",
    "XDG_RUNTIME_DIR도 홈 디렉터리도 본인만 쓰는 폴더가 아닙니다. mktemp -d로 폴더를 하나 만들고 터미널마다 그 폴더를 "
    "지정하세요: export XDG_RUNTIME_DIR=폴더"};

// {0} what was asked for, {1} what there is
inline constexpr Text no_such_scenario{"there is no scenario {0}. There are: {1}",
                                       "그런 시나리오는 없습니다: {0}. 있는 것: {1}"};
// {0} what was asked for, {1} what was meant
inline constexpr Text meant_scenario{"there is no scenario {0}; did you mean {1}?",
                                     "그런 시나리오는 없습니다: {0}. 혹시 {1}?"};
// {0} what there is
inline constexpr Text which_scenario{"which scenario? There are: {0}", "시나리오 이름을 적어 주세요. 있는 것: {0}"};
// {0} a folder
inline constexpr Text no_such_folder{"--scenario-dir: {0} is no folder that can be read",
                                     "--scenario-dir: 읽을 수 있는 폴더가 아닙니다: {0}"};
// {0} the rule, {1} what is wrong with it
inline constexpr Text bad_rule{"the rule \"{0}\" cannot be read: {1}", "읽을 수 없는 규칙입니다: \"{0}\". {1}"};
// {0} the rule, {1} how many of these frames there were
inline constexpr Text rule_not_met{"the rule \"{0}\" met no packet (packets of its kind: {1})",
                                   "규칙 \"{0}\"에 해당하는 패킷이 없었습니다(같은 종류의 패킷: {1}개)"};
// {0} the program, {1} the text of `ready`, {2} seconds
inline constexpr Text not_ready{
    "{0} has not written \"{1}\" ({2} s), so what comes after it was not started. Its \"ready\" is a text that it "
    "prints, on a line, once it can be used",
    "{0}이(가) {2}초 동안 \"{1}\"을(를) 출력하지 않아 다음 프로그램을 시작하지 못했습니다. \"ready\"에는 준비가 끝났을 때 "
    "프로그램이 출력하는 글을 적습니다"};
inline constexpr Text not_over{"the scenario is not over after {0} s, so its checks were not made",
                               "{0}초가 지나도 시나리오가 끝나지 않아 확인하지 못했습니다"};
// {0} the reason, {1} the program as it was started
inline constexpr Text unavailable{
    "no lab on this machine: {0}. What is missing and what mends it: {1} doctor",
    "이 컴퓨터에서는 실험실을 만들 수 없습니다: {0}. 무엇이 없는지와 해결 방법: {1} doctor"};

// {0} the program as it was started
inline constexpr Text healthy{"The lab can run here: {0} run handshake", "실험실을 쓸 수 있습니다: {0} run handshake"};
inline constexpr Text not_healthy{"The lab cannot run here yet; the commands above may mend it",
                                  "아직 실험실을 쓸 수 없습니다. 위의 명령으로 해결될 수 있습니다"};

}  // namespace echolab::lab::texts

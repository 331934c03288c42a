// The program's own sentences, in both languages: its options and what it says around the packets.
#pragma once

#include "net/text.hpp"

namespace echolab::capture::texts {

inline constexpr Text description{
    "Shows after every packet which TCP state each end is in, and why.\n"
    "Watches an interface, or reads a capture file (pcap, pcapng).",
    "패킷이 지나갈 때마다 TCP 양쪽 끝이 어떤 상태가 되었는지, 왜 그런지 보여 줍니다.\n"
    "인터페이스를 지켜보거나 캡처 파일(pcap, pcapng)을 읽습니다."};
inline constexpr Text footer{
    "Examples:\n"
    "  capture tcp port 9000            watch port 9000 on loopback\n"
    "  capture -r trace.pcap            read a file\n"
    "  capture -q -r trace.pcap         the packets alone; -v tells all of each\n"
    "  capture -w trace.pcap udp        watch UDP and keep the packets\n"
    "  capture -r - --format json < trace.pcap\n"
    "  capture -r trace.pcap --format summary --sort bytes --top 10\n"
    "\n"
    "How to read \"P. 1:6(5) ack 1 win 512\":\n"
    "  P.        the flags: S SYN, F FIN, R RST, P PSH, and the dot is ACK\n"
    "  1:6(5)    bytes 1 up to, not including, 6: 5 bytes, counted from the\n"
    "            start of the connection\n"
    "  ack 1     I have everything before 1\n"
    "  win 512   I have room for 512 bytes more; 64*1024: the field, times what\n"
    "            both SYNs agreed on. Shown on a SYN, where it changes, and at 0\n"
    "\n"
    "A filter is a tcpdump expression: man pcap-filter.\n"
    "Over ssh, leave your own session out: capture -i eth0 not port 22\n"
    "Capturing needs a right: tools/shell gives it without root. Root's -w file\n"
    "is written by the one who called sudo, else by nobody, or by -Z USER.\n\n"
    "Exit status: 0 done, 1 it failed, 2 usage or filter, 3 no right to capture.",
    "예:\n"
    "  capture tcp port 9000            루프백의 9000번 포트를 지켜보기\n"
    "  capture -r trace.pcap            파일 읽기\n"
    "  capture -q -r trace.pcap         설명 없이 패킷만. -v는 아는 것을 모두\n"
    "  capture -w trace.pcap udp        UDP를 보면서 패킷을 저장하기\n"
    "  capture -r - --format json < trace.pcap\n"
    "  capture -r trace.pcap --format summary --sort bytes --top 10\n"
    "\n"
    "\"P. 1:6(5) ack 1 win 512\" 읽는 법:\n"
    "  P.        플래그입니다. S는 SYN, F는 FIN, R은 RST, P는 PSH, 점은 ACK\n"
    "  1:6(5)    1번부터 6번 바로 앞까지 5바이트. 연결이 시작될 때부터 센 번호\n"
    "  ack 1     1번 바로 앞까지 모두 받았다는 뜻\n"
    "  win 512   512바이트를 더 받을 자리가 있다는 뜻. 64*1024는 필드의 값에 두\n"
    "            SYN이 합의한 배수를 곱한 것. SYN과, 바뀔 때와, 0일 때 보임\n"
    "\n"
    "필터는 tcpdump와 같은 식으로 씁니다: man pcap-filter\n"
    "ssh로 접속해 있다면 자기 세션은 빼고 보세요: capture -i eth0 not port 22\n"
    "캡처에는 권한이 필요합니다. tools/shell을 쓰면 root가 없어도 됩니다.\n"
    "root의 -w 파일은 sudo를 부른 사용자가, 아니면 nobody나 -Z USER가 씁니다.\n\n"
    "종료 상태: 0 끝남, 1 실패, 2 사용법이나 필터 오류, 3 캡처 권한 없음."};

inline constexpr Text filter{"BPF filter expression; without one, everything", "BPF 필터 식. 없으면 전부"};
inline constexpr Text interface { "Interface to watch", "지켜볼 인터페이스" };
inline constexpr Text read{"Read packets from a file (pcap, pcapng; - for stdin)",
                           "파일에서 패킷 읽기(pcap, pcapng, -는 표준 입력)"};
inline constexpr Text write{
    "Also write every packet captured, shown or not, to a file (pcap, or pcapng where the name ends in .pcapng; - for stdout, pcap in place of text)",
    "보이지 않는 것까지 캡처한 패킷을 모두 파일에 저장(이름이 .pcapng로 끝나면 pcapng, 아니면 pcap. -는 글 대신 표준 출력으로 pcap)"};
inline constexpr Text file_size{
    "With -w: another file (FILE1, FILE2 ...) once the one has more than SIZE times 1,000,000 bytes; with k, m or g behind "
    "it times 1024, 1024^2 or 1024^3",
    "-w와 함께: 파일이 SIZE x 1,000,000바이트를 넘으면 다음 파일(FILE1, FILE2 ...)로 넘어가기. 뒤에 k, m, g를 붙이면 "
    "1024, 1024^2, 1024^3의 배수"};
inline constexpr Text file_period{
    "With -w: another file every so many seconds; its name may have the time in it, as strftime(3) writes it (-w %H%M.pcap)",
    "-w와 함께: 이만큼의 초마다 다음 파일로 넘어가기. 파일 이름에 strftime(3) 형식의 시각을 쓸 수 있습니다(-w %H%M.pcap)"};
inline constexpr Text file_count{
    "With -C: a ring of so many files, the oldest is written over; with -G: end after so many files",
    "-C와 함께: 파일을 이만큼만 두고 가장 오래된 것부터 덮어쓰기. -G와 함께: 파일을 이만큼 쓰면 끝내기"};
inline constexpr Text sort{
    "Conversations in the order of their bytes, packets, duration or retransmissions (again), the greatest first, at the "
    "end; for --format summary and json",
    "대화를 바이트(bytes), 패킷(packets), 길이(duration), 재전송(again)이 큰 것부터, 끝에 모아 보이기. --format "
    "summary와 json에서"};
inline constexpr Text top{"With --sort: only the first N; without it the first 10,000",
                          "--sort와 함께: 처음 N개만. 주지 않으면 처음 10,000개"};
inline constexpr Text no_size{"\"{0}\" is no size; allowed: 1 (1,000,000 bytes), 500k, 10m, 1g",
                              "\"{0}\": 크기가 아닙니다. 쓸 수 있는 값: 1 (1,000,000바이트), 500k, 10m, 1g"};
inline constexpr Text rotation_of_what{"-C, -G and -W are about the file of -w, and there is none: add -w FILE",
                                       "-C, -G, -W는 -w로 쓰는 파일에 대한 것인데 -w가 없습니다. -w FILE을 더하세요"};
inline constexpr Text rotation_of_stdout{
    "-C and -G begin new files, and standard output (-w -) is only one: name a file (-w trace.pcap)",
    "-C와 -G는 새 파일을 여는데 표준 출력(-w -)은 하나뿐입니다. 파일 이름을 주세요(-w trace.pcap)"};
inline constexpr Text files_of_what{
    "-W counts the files of -C or -G, and neither is given: add -C SIZE or -G SECONDS",
    "-W는 -C나 -G가 여는 파일의 수인데 둘 다 없습니다. -C SIZE나 -G SECONDS를 더하세요"};
inline constexpr Text top_of_what{
    "--top takes the first of an order, and there is none: add --sort bytes|packets|duration|again",
    "--top은 정렬한 것 가운데 처음 몇 개인데 정렬이 없습니다. --sort bytes|packets|duration|again을 더하세요"};
inline constexpr Text sort_of_what{"--sort puts conversations in order, and text shows packets: add --format summary",
                                   "--sort는 대화를 정렬하는데 text는 패킷을 보입니다. --format summary를 더하세요"};
// What was asked for, and nothing was it.
inline constexpr Text no_such_stream{
    "--stream {0}: there is no such conversation here. TCP has {1}, UDP {2}, each numbered from 0",
    "--stream {0}: 그런 대화가 없습니다. TCP는 {1}개, UDP는 {2}개이고 번호는 각각 0부터입니다"};
inline constexpr Text no_such_state{"--state {0}: after no packet was an end in it",
                                    "--state {0}: 어느 패킷 뒤에도 이 상태인 쪽이 없었습니다"};
inline constexpr Text no_such_end{"--state {0}: no conversation ended in it",
                                  "--state {0}: 이 상태로 끝난 대화가 없습니다"};
inline constexpr Text no_such_note{"--note {0}: no packet has it", "--note {0}: 이 표시가 붙은 패킷이 없습니다"};
inline constexpr Text none_is_all{
    "no packet is all that was asked for: leave out one of --stream, --state, --note",
    "조건에 모두 맞는 패킷이 없습니다. --stream, --state, --note 가운데 하나를 빼 보세요"};
inline constexpr Text files_are_full{"as many files as -W allows are written: {0}",
                                     "-W로 정한 수만큼 파일을 썼습니다: {0}개"};
inline constexpr Text count{"Stop after this many packets", "패킷을 이만큼 보면 끝내기"};
inline constexpr Text snaplen{"Bytes kept of each packet", "패킷마다 남길 바이트 수"};
inline constexpr Text raw_numbers{"Sequence numbers as on the wire, not relative",
                                  "상대 번호 대신 실제 sequence number 보이기"};
inline constexpr Text filter_file{"Read the filter from a file", "필터를 파일에서 읽기"};
inline constexpr Text direction{"Live: only what comes in to the interface, or goes out",
                                "실시간: 인터페이스로 들어오는 것만, 또는 나가는 것만"};
inline constexpr Text link_type{"Live: the link type, where the interface has several (EN10MB)",
                                "실시간: 링크 종류. 인터페이스에 여러 개 있을 때 고르기(EN10MB)"};
inline constexpr Text times{
    "Times: -t none, -tt seconds since 1970, -ttt since the packet before, -tttt date and time in UTC; else seconds "
    "since the first packet",
    "시각: -t 없음, -tt 1970년부터의 초, -ttt 바로 앞 패킷부터의 초, -tttt 날짜와 시각(UTC). 없으면 첫 패킷부터의 초"};
inline constexpr Text payload_text{"Show each packet's payload whole, as text", "페이로드 전체를 글자로 보이기"};
inline constexpr Text payload_hex{"Show each packet's payload whole, in hex and ASCII",
                                  "페이로드 전체를 16진수와 ASCII로 보이기"};
inline constexpr Text list{"List the interfaces and exit", "인터페이스 목록을 보여 주고 끝내기"};
inline constexpr Text list_notes{"List the notes that a packet may get, when and why, and exit",
                                 "패킷에 붙는 표시와 그 조건을 모두 보여 주고 끝내기"};
inline constexpr Text user{"As root: become this user once the interface is open",
                           "root일 때: 인터페이스를 연 뒤 이 사용자로 바꾸기"};
inline constexpr Text format{
    "text: a ladder to read; json: one object a line; summary: a line a conversation, then how long the states lasted. "
    "Live a TCP connection's line comes as it ends: both FINs are acknowledged, or an RST came. It comes once; packets "
    "that come later are counted at the end",
    "text: 사람이 읽는 사다리 그림, json: 한 줄에 객체 하나, summary: 대화마다 한 줄, 끝에 상태별 시간. 실시간이면 TCP "
    "연결의 줄은 연결이 끝날 때(두 FIN이 모두 확인되거나 RST가 왔을 때) 한 번 나오고, 그 뒤에 온 패킷은 끝에 세어 "
    "보입니다"};
inline constexpr Text stream{"Show only this conversation: 3, tcp:3 or udp:3 (TCP and UDP are numbered apart)",
                             "이 대화만 보이기: 3, tcp:3, udp:3 (TCP와 UDP는 번호를 따로 셉니다)"};
inline constexpr Text state{
    "Show only packets after which one end is in this state, and their conversations; in a summary those that end in "
    "it",
    "패킷 뒤에 한쪽이라도 이 상태인 것과 그 대화만 보이기. summary에서는 이 상태로 끝난 대화만"};
inline constexpr Text note{"Show only packets with this note, and their conversations; --list-notes explains them",
                           "이 표시가 붙은 패킷과 그 대화만 보이기. 뜻은 --list-notes"};
inline constexpr Text no_stream{"\"{0}\" is not a conversation; allowed: 3, tcp:3, udp:3",
                                "\"{0}\": 대화 번호가 아닙니다. 쓸 수 있는 값: 3, tcp:3, udp:3"};

inline constexpr Text listening{"watching {0} ({1}){2}. Ctrl-C ends and sums up",
                                "지켜보는 중: {0}({1}){2}. Ctrl-C를 누르면 요약하고 끝냅니다"};
inline constexpr Text filtered{", filter \"{0}\"", ", 필터 \"{0}\""};
// {0} is the first packet that shows it; said once, however many follow.
inline constexpr Text longer_than_original{
    "packet {0} holds more bytes than the file says it had on the wire; those in the file count (said once)",
    "패킷 {0}: 원래 길이보다 많은 바이트가 저장되어 있습니다. 저장된 바이트를 따릅니다(이 안내는 한 번만 나옵니다)"};
inline constexpr Text fraction_of_a_second{
    "packet {0}: the fraction in its time is a second or more; it is added to the seconds (said once)",
    "패킷 {0}: 시각의 소수 부분이 1초를 넘어 초에 더했습니다(이 안내는 한 번만 나옵니다)"};
inline constexpr Text time_went_back{
    "packet {0} is stamped earlier than the one before it; the order in the file counts (said once)",
    "패킷 {0}: 시각이 바로 앞 패킷보다 이릅니다. 파일에 담긴 순서를 따릅니다(이 안내는 한 번만 나옵니다)"};
inline constexpr Text without_time{
    "packet {0} has no time (a simple packet block): nothing that needs the time is told of such packets (said once)",
    "패킷 {0}: 시각이 없습니다(simple packet block). 이런 패킷에는 시간이 필요한 것을 말하지 않습니다(이 안내는 한 번만 "
    "나옵니다)"};

// Root and files. {0} is a user's name.
inline constexpr Text root_needless{"reading a file needs no root: better done as an ordinary user",
                                    "파일을 읽는 데는 root가 필요 없습니다. 일반 사용자로 실행하는 편이 안전합니다"};
inline constexpr Text no_such_user{"there is no user {0} (-Z)", "없는 사용자입니다: {0} (-Z)"};
inline constexpr Text root_alone{
    "cannot become {0} ({1}): -Z is for root. Leave it out, or use sudo",
    "사용자를 바꿀 수 없습니다: {0} ({1}). -Z는 root만 쓸 수 있으니 빼거나 sudo로 실행하세요"};
inline constexpr Text not_here{"this user namespace has no ID for {0}: every capability is dropped instead",
                               "이 사용자 네임스페이스에 ID가 없는 사용자입니다: {0}. 대신 모든 capability를 버립니다"};
inline constexpr Text written_by{
    "Root lets {0} write the file: take a folder that {0} may write to (-w /tmp/...), or another user (-Z USER)",
    "파일은 root가 아니라 다른 사용자가 씁니다: {0}. 그 사용자가 쓸 수 있는 폴더로 바꾸거나(-w /tmp/...) 다른 "
    "사용자를 고르세요(-Z USER)"};

inline constexpr Text up{"up", "켜짐"};
inline constexpr Text down{"down", "꺼짐"};

}  // namespace echolab::capture::texts

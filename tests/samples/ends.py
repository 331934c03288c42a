"""The two ends of the recorded conversations: `ends.py STORY ADDRESS` plays one of them with plain sockets.

A story is a function; ADDRESS is the server's. What the sockets say is the kernel's, and what the wire does to it is the
rule in STORY.toml. `forge_a_reset` alone writes a frame itself.
"""
import os
import select
import socket
import struct
import sys
import time

PORT = 9000


def tell(what):
    print(what, flush=True)


def listener(address, receive_buffer=None):
    it = socket.socket()
    it.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if receive_buffer:
        it.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)  # inherited by what it accepts
    it.bind((address, PORT))
    it.listen()
    tell("listening")
    return it


def connected(address, own_port=0):
    it = socket.socket()
    it.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    it.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if own_port:
        it.bind(("", own_port))
    it.connect((address, PORT))
    return it


def read_to_the_end(it, count=None):
    """Until the peer's FIN, or `count` bytes."""
    got = 0
    while (count is None or got < count) and (data := it.recv(65536)):
        got += len(data)
    return got


def read_all(address):
    it = listener(address).accept()[0]
    read_to_the_end(it)


def send_burst(address, pieces=8, size=1000):
    it = connected(address)
    time.sleep(0.1)
    for _ in range(pieces):
        it.send(b"x" * size)
    time.sleep(0.5)


def send_three(address):
    send_burst(address, pieces=3, size=100)


def send_one(address):
    send_burst(address, pieces=1, size=5)


def read_late(address):
    it = listener(address, receive_buffer=4096).accept()[0]
    time.sleep(1.2)
    read_to_the_end(it)


def send_too_much(address):
    it = connected(address)
    it.sendall(b"x" * 7000)


def be_silent(address):
    it = listener(address).accept()[0]
    read_to_the_end(it)


def keep_alive(address):
    it = connected(address)
    it.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    it.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
    it.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
    it.send(b"hello")
    time.sleep(1.5)


def serve_two(address):
    door = listener(address)
    for _ in range(2):
        it = door.accept()[0]
        try:
            read_to_the_end(it)
        except ConnectionResetError:
            pass


def call_twice_from_one_port(address):
    it = connected(address, 40000)
    it.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close() sends RST: no TIME_WAIT
    it.close()
    time.sleep(0.2)
    connected(address, 40000).close()


def answer_after_the_end(address):
    it = listener(address).accept()[0]
    read_to_the_end(it)
    it.send(b"all of it arrived")
    time.sleep(0.1)


def ask_and_shut(address):
    it = connected(address)
    it.send(b"that is all")
    it.shutdown(socket.SHUT_WR)
    read_to_the_end(it)


def open_at(own_port, address, peers_port):
    """A simultaneous open: the two hosts' clocks agree on the second at which both call connect()."""
    it = socket.socket()
    it.bind(("", own_port))
    now = time.time()
    time.sleep(1 - now % 1)
    it.connect((address, peers_port))
    time.sleep(0.8)


def open_from_here(address):
    open_at(40000, address, PORT)


def open_from_there(address):
    open_at(PORT, address, 40000)


def send_urgent(address):
    it = connected(address)
    it.send(b"!", socket.MSG_OOB)
    time.sleep(0.1)


def allow_fast_open():
    with open("/proc/sys/net/ipv4/tcp_fastopen", "w") as knob:
        knob.write(str(0x1 | 0x2 | 0x4 | 0x200))  # both roles, and no cookie is asked for


def send_in_syn(address):
    allow_fast_open()
    it = socket.socket()
    it.sendto(b"hello", socket.MSG_FASTOPEN, (address, PORT))
    time.sleep(0.1)


def read_in_syn(address):
    allow_fast_open()
    it = socket.socket()
    it.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5)
    it.bind((address, PORT))
    it.listen()
    tell("listening")
    read_to_the_end(it.accept()[0])


def take_datagram(address):
    it = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    it.bind((address, PORT))
    tell("listening")
    it.recv(65536)


def send_large_datagram(address):
    it = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    it.setsockopt(socket.IPPROTO_IP, 10, 0)  # IP_MTU_DISCOVER, IP_PMTUDISC_DONT: may be cut up
    it.sendto(b"x" * 2000, (address, PORT))


def connect_to_itself(address):
    it = socket.socket()
    it.bind((address, PORT))
    it.connect((address, PORT))
    it.send(b"hello")
    it.recv(5)


def talk(address):
    door = listener(address)
    it = connected(address)
    door.accept()[0].send(b"a payload that is longer than what is kept of it")
    it.recv(100)


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def reset_from(answer, beyond):
    """The RST of the one whom `answer` (a frame with an ACK) was sent to, so far beyond the number asked for."""
    destination, source, kind = answer[0:6], answer[6:12], answer[12:14]
    addresses = answer[30:34] + answer[26:30]
    ports = answer[36:38] + answer[34:36]
    number = struct.unpack("!I", answer[42:46])[0] + beyond
    tcp = ports + struct.pack("!IIBBHHH", number & 0xFFFFFFFF, 0, 5 << 4, 0x04, 0, 0, 0)
    tcp = tcp[:16] + struct.pack("!H", checksum(addresses + struct.pack("!HH", 6, len(tcp)) + tcp)) + tcp[18:]
    ip = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 4711, 0x4000, 64, 6, 0) + addresses
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    return source + destination + kind + ip + tcp


def forge_a_reset(address):
    tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
    it = connected(address)
    interface = [name for _, name in socket.if_nameindex() if name != "lo"][0]
    tap.bind((interface, 0))
    it.send(b"hello")
    while True:
        frame = tap.recv(65536)
        if len(frame) >= 54 and frame[23] == 6 and frame[34:36] == struct.pack("!H", PORT) and frame[47] == 0x10:
            break
    tap.send(reset_from(frame, 100))
    select.select([it], [], [], 0.3)
    it.send(b"still here")
    time.sleep(0.1)


if __name__ == "__main__":
    story, arguments = sys.argv[1], sys.argv[2:]
    globals()[story](*arguments)
    sys.stdout.flush()
    os._exit(0)

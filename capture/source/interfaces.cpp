// The interfaces of this machine.
#include <arpa/inet.h>
#include <net/if.h>
#include <pcap.h>

#include <algorithm>
#include <array>

#include "capture/source/packet_source.hpp"

namespace echolab::capture {

namespace {

/// "192.0.2.1", "fe80::1"; empty for an address that is not an IP address.
std::string address_text(const sockaddr* address) {
  if (address == nullptr) return {};
  const void* bytes = nullptr;
  if (address->sa_family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  if (address->sa_family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  if (bytes == nullptr) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(address->sa_family, bytes, text.data(), text.size());
}

Interface describe(const pcap_if_t& device) {
  Interface result{.name = device.name, .description = device.description != nullptr ? device.description : ""};
  result.up = device.flags & PCAP_IF_UP;
  result.loopback = device.flags & PCAP_IF_LOOPBACK;
  for (const auto* entry = device.addresses; entry != nullptr; entry = entry->next) {
    if (auto text = address_text(entry->addr); !text.empty()) result.addresses.push_back(std::move(text));
  }
  return result;
}

/// libpcap also lists the kernel's log, D-Bus, USB and Bluetooth: no packets that we read.
bool is_network_interface(const pcap_if_t& device) {
  return ::if_nametoindex(device.name) != 0 || std::string_view(device.name) == "any";
}

}  // namespace

std::variant<std::vector<Interface>, SourceError> list_interfaces() {
  std::array<char, PCAP_ERRBUF_SIZE> words{};
  pcap_if_t* first = nullptr;
  if (pcap_findalldevs(&first, words.data()) != 0) return SourceError{.detail = words.data()};
  const std::unique_ptr<pcap_if_t, decltype(&pcap_freealldevs)> owner(first, pcap_freealldevs);
  std::vector<Interface> interfaces;
  for (const auto* device = first; device != nullptr; device = device->next) {
    if (is_network_interface(*device)) interfaces.push_back(describe(*device));
  }
  std::stable_partition(interfaces.begin(), interfaces.end(),
                        [](const Interface& interface) { return interface.loopback; });
  return interfaces;
}

}  // namespace echolab::capture

// The least a relay in user space can do: read, write, epoll. No WebSocket, no limits.
// copy-relay <port> <unix socket>
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { SIZE = 65536 };

struct end {
  int fd;
  struct end *peer;
  // Read from this end and not yet taken by the peer.
  char *data;
  size_t from, to;
  unsigned events;
  int closed;
};

static int epoll;

static void watch(struct end *e, int op) {
  unsigned events = 0;
  if (e->from == e->to) events |= EPOLLIN;
  if (e->peer->from < e->peer->to) events |= EPOLLOUT;
  if (op == EPOLL_CTL_MOD && events == e->events) return;
  e->events = events;
  struct epoll_event event = {.events = events, .data.ptr = e};
  epoll_ctl(epoll, op, e->fd, &event);
}

static struct end *make(int fd) {
  struct end *e = calloc(1, sizeof *e);
  e->fd = fd;
  e->data = malloc(SIZE);
  return e;
}

static void finish(struct end *e) {
  if (e->closed) return;
  e->closed = e->peer->closed = 1;
  close(e->fd);
  close(e->peer->fd);
}

static void drain(struct end *e) {
  while (e->from < e->to) {
    ssize_t n = write(e->peer->fd, e->data + e->from, e->to - e->from);
    if (n < 0) {
      if (errno != EAGAIN) finish(e);
      return;
    }
    e->from += n;
  }
}

static void readable(struct end *e) {
  if (e->from < e->to) return;
  ssize_t n = read(e->fd, e->data, SIZE);
  if (n == 0 || (n < 0 && errno != EAGAIN)) return finish(e);
  if (n < 0) return;
  e->from = 0;
  e->to = n;
  drain(e);
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  // A peer that went away is seen by write, not by the end of everybody.
  signal(SIGPIPE, SIG_IGN);
  int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
  in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  struct sockaddr_un un = {.sun_family = AF_UNIX};
  strncpy(un.sun_path, argv[2], sizeof un.sun_path - 1);
  if (bind(listener, (void *)&in, sizeof in) || listen(listener, 1024)) return 1;
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    struct epoll_event events[64];
    int count = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < count; i++) {
      struct end *e = events[i].data.ptr;
      if (e == NULL) {
        int client = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
        int target = socket(AF_UNIX, SOCK_STREAM, 0);
        if (client < 0 || connect(target, (void *)&un, sizeof un)) {
          close(client);
          close(target);
          continue;
        }
        // A unix socket connects at once, so that only reading and writing must not block.
        struct end *a = make(client), *b = make(target);
        fcntl(target, F_SETFL, O_NONBLOCK);
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        a->peer = b;
        b->peer = a;
        watch(a, EPOLL_CTL_ADD);
        watch(b, EPOLL_CTL_ADD);
        continue;
      }
      if (e->closed) continue;
      if (events[i].events & EPOLLOUT) drain(e->peer);
      if (!e->closed && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) readable(e);
      if (e->closed) continue;
      watch(e, EPOLL_CTL_MOD);
      watch(e->peer, EPOLL_CTL_MOD);
    }
  }
}

// Loaded into the counted program with LD_PRELOAD. The keys of Rust's hash maps are random, so the order of their
// entries, and with it the number of instructions, would differ from run to run. With these bytes, it does not.

#include <string.h>
#include <sys/types.h>

ssize_t getrandom(void *buffer, size_t length, unsigned int flags) {
    (void)flags;
    memset(buffer, 7, length);
    return (ssize_t)length;
}

/* A disk that fails, and a disk that remembers: laid over the C library of one process (LD_PRELOAD).

   Calls that change a file below one folder are counted. disk_fail() lets the k-th of them fail, once or from then on; disk_record() writes
   each change that was made into a log, from which the state of the disk at any moment can be built again. Everything else goes through
   untouched. Files that end in -shm are shared memory and no part of what a power cut leaves. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST 4096
#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

enum kind { ANY, SHORT_WRITE, SYNC_ONLY };

static char folder[PATH_MAX];
static size_t folder_length;
static char *paths[MOST]; /* of the open descriptors below the folder */
static long count, fail_at, failed;
static int fail_errno, fail_kind, fail_on;
static int record = -1;

void disk_watch(const char *name) {
    strncpy(folder, name, PATH_MAX - 1);
    folder_length = strlen(folder);
}

void disk_fail(long at, int number, int kind, int on) {
    count = failed = 0;
    fail_at = at, fail_errno = number, fail_kind = kind, fail_on = on;
}

long disk_count(void) { return count; }
long disk_failed(void) { return failed; }

/* One change: a letter, two names, a place, and the bytes of a write. */
static void note(char what, const char *name, const char *other, int64_t place, const void *bytes, int64_t size) {
    if (record < 0) return;
    int64_t head[5] = {what, (int64_t)strlen(name), (int64_t)strlen(other), place, size};
    REAL(write)(record, head, sizeof head);
    REAL(write)(record, name, head[1]);
    REAL(write)(record, other, head[2]);
    if (bytes && size > 0) REAL(write)(record, bytes, size);
}

void disk_record(const char *log) { record = REAL(open)(log, O_WRONLY | O_CREAT | O_TRUNC, 0600); }
void disk_mark(const char *text) { note('M', text, "", 0, NULL, 0); }

/* The full name of a path below the folder; NULL for any other. */
static const char *below(const char *path, char *full) {
    if (!folder_length || !path) return NULL;
    if (path[0] == '/') {
        strncpy(full, path, PATH_MAX - 1);
    } else {
        if (!getcwd(full, PATH_MAX)) return NULL;
        strncat(full, "/", PATH_MAX - strlen(full) - 1);
        strncat(full, path, PATH_MAX - strlen(full) - 1);
    }
    size_t length = strlen(full);
    if (length > 4 && !strcmp(full + length - 4, "-shm")) return NULL;
    return strncmp(full, folder, folder_length) ? NULL : full;
}

static const char *of(int fd) { return fd >= 0 && fd < MOST ? paths[fd] : NULL; }

static void remember(int fd, const char *full) {
    if (fd < 0 || fd >= MOST) return;
    free(paths[fd]);
    paths[fd] = full ? strdup(full) : NULL;
}

/* Whether this call is to fail: the error, or 0. */
static int refused(int sync, int writes) {
    if ((fail_kind == SYNC_ONLY && !sync) || (fail_kind == SHORT_WRITE && !writes)) return 0;
    count++;
    if (!fail_at || !(count == fail_at || (fail_on && count > fail_at))) return 0;
    failed++;
    return fail_errno;
}

static int opened(int dir, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX] = {0};
    const char *ours = below(path, full);
    int fresh = ours && (flags & O_CREAT) && access(full, F_OK);
    int number = fresh ? refused(0, 0) : 0;
    if (number) {
        errno = number;
        return -1;
    }
    int fd = REAL(openat)(dir, path, flags, mode);
    remember(fd, ours);
    if (fd >= 0 && fresh) note('C', full, "", 0, NULL, 0);
    if (fd >= 0 && ours && !fresh && (flags & O_TRUNC)) note('L', full, "", 0, NULL, 0);
    return fd;
}

#define MODE va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest)
int open(const char *path, int flags, ...) { MODE; return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return opened(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE; return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE; return opened(dir, path, flags, mode); }

int close(int fd) {
    remember(fd, NULL);
    return REAL(close)(fd);
}

static ssize_t put(int fd, const void *bytes, size_t size, int64_t place, int placed) {
    const char *name = of(fd);
    int number = refused(0, 1);
    if (number && !(fail_kind == SHORT_WRITE && failed == 1 && size > 1)) {
        errno = number;
        return -1;
    }
    if (number) size /= 2;
    if (!placed) place = lseek(fd, 0, SEEK_CUR);
    ssize_t done = placed ? REAL(pwrite)(fd, bytes, size, place) : REAL(write)(fd, bytes, size);
    if (done > 0) note('W', name, "", place, bytes, done);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t size) {
    return of(fd) ? put(fd, bytes, size, 0, 0) : REAL(write)(fd, bytes, size);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t place) {
    return of(fd) ? put(fd, bytes, size, place, 1) : REAL(pwrite)(fd, bytes, size, place);
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t place) {
    return of(fd) ? put(fd, bytes, size, place, 1) : REAL(pwrite)(fd, bytes, size, place);
}

/* A call that changes something: it fails, or it is made and, where that went well, noted. */
#define CHANGE(sync, call, ...)                    \
    do {                                           \
        int number = refused(sync, 0);             \
        if (number) { errno = number; return -1; } \
        int done = call;                           \
        if (!done) note(__VA_ARGS__, NULL, 0);     \
        return done;                               \
    } while (0)

#define SYNC(name) int name(int fd) { if (!of(fd)) return REAL(name)(fd); CHANGE(1, REAL(name)(fd), 'S', of(fd), "", 0); }
SYNC(fsync)
SYNC(fdatasync)

#define CUT(name, type) \
    int name(int fd, type size) { if (!of(fd)) return REAL(name)(fd, size); CHANGE(0, REAL(name)(fd, size), 'L', of(fd), "", size); }
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define NAMED(name, what)                                 \
    int name(const char *path) {                          \
        char full[PATH_MAX] = {0};                        \
        if (!below(path, full)) return REAL(name)(path);  \
        CHANGE(0, REAL(name)(path), what, full, "", 0);   \
    }
NAMED(unlink, 'U')
NAMED(rmdir, 'X')

int rename(const char *old, const char *new) {
    char full[PATH_MAX] = {0}, other[PATH_MAX] = {0};
    if (!below(new, other)) return REAL(rename)(old, new);
    below(old, full);
    CHANGE(0, REAL(rename)(old, new), 'R', full, other, 0);
}

int link(const char *old, const char *new) {
    char full[PATH_MAX] = {0}, other[PATH_MAX] = {0};
    if (!below(new, other)) return REAL(link)(old, new);
    below(old, full);
    CHANGE(0, REAL(link)(old, new), 'N', full, other, 0);
}

int mkdir(const char *path, mode_t mode) {
    char full[PATH_MAX] = {0};
    if (!below(path, full) || !access(full, F_OK)) return REAL(mkdir)(path, mode);
    CHANGE(0, REAL(mkdir)(path, mode), 'D', full, "", 0);
}

int chmod(const char *path, mode_t mode) {
    char full[PATH_MAX] = {0};
    if (!below(path, full)) return REAL(chmod)(path, mode);
    CHANGE(0, REAL(chmod)(path, mode), 'H', full, "", 0);
}

/* What copies inside of the kernel would go past the layer: the callers fall back to writing. */
ssize_t sendfile(int out, int in, off_t *place, size_t size) {
    if (!of(out)) return REAL(sendfile)(out, in, place, size);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile64(int out, int in, off64_t *place, size_t size) {
    if (!of(out)) return REAL(sendfile64)(out, in, place, size);
    errno = ENOTSOCK;
    return -1;
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    (void)in, (void)from, (void)out, (void)to, (void)size, (void)flags;
    errno = EXDEV;
    return -1;
}

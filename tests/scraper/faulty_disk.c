/* A SQLite VFS over the default one that counts what is asked of the disk (write, sync, truncate) and fails once it was armed. */
#include <sqlite3.h>
#include <string.h>

static sqlite3_vfs faulty, *under;
static long count, fail_at;
static int code, stays;

typedef struct { sqlite3_file base; sqlite3_file *real; } file;
#define REAL(f) (((file *)(f))->real)

static int fault(void) {
  count++;
  return fail_at && (stays ? count >= fail_at : count == fail_at) ? code : SQLITE_OK;
}

static int f_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int f_read(sqlite3_file *f, void *b, int n, sqlite3_int64 o) { return REAL(f)->pMethods->xRead(REAL(f), b, n, o); }
static int f_write(sqlite3_file *f, const void *b, int n, sqlite3_int64 o) {
  int e = fault();
  if (e && n > 1) REAL(f)->pMethods->xWrite(REAL(f), b, n / 2, o); /* half of it arrives */
  return e ? e : REAL(f)->pMethods->xWrite(REAL(f), b, n, o);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 n) { int e = fault(); return e ? e : REAL(f)->pMethods->xTruncate(REAL(f), n); }
static int f_sync(sqlite3_file *f, int flags) { int e = fault(); return e ? e : REAL(f)->pMethods->xSync(REAL(f), flags); }
static int f_size(sqlite3_file *f, sqlite3_int64 *n) { return REAL(f)->pMethods->xFileSize(REAL(f), n); }
static int f_lock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xLock(REAL(f), l); }
static int f_unlock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xUnlock(REAL(f), l); }
static int f_reserved(sqlite3_file *f, int *r) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), r); }
static int f_control(sqlite3_file *f, int op, void *a) { return REAL(f)->pMethods->xFileControl(REAL(f), op, a); }
static int f_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int f_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }
static int f_shmmap(sqlite3_file *f, int p, int n, int x, void volatile **m) { return REAL(f)->pMethods->xShmMap(REAL(f), p, n, x, m); }
static int f_shmlock(sqlite3_file *f, int o, int n, int l) { return REAL(f)->pMethods->xShmLock(REAL(f), o, n, l); }
static void f_barrier(sqlite3_file *f) { REAL(f)->pMethods->xShmBarrier(REAL(f)); }
static int f_shmunmap(sqlite3_file *f, int d) { return REAL(f)->pMethods->xShmUnmap(REAL(f), d); }

static const sqlite3_io_methods methods = {2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved,
  f_control, f_sector, f_device, f_shmmap, f_shmlock, f_barrier, f_shmunmap, 0, 0};

static int v_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
  (void)v;
  memset(f, 0, sizeof(file));
  REAL(f) = (sqlite3_file *)((char *)f + sizeof(file));
  int e = under->xOpen(under, name, REAL(f), flags, out);
  f->pMethods = REAL(f)->pMethods ? &methods : 0;
  return e;
}

int faulty_register(void) {
  under = sqlite3_vfs_find(0);
  faulty = *under;
  faulty.zName = "faulty";
  faulty.szOsFile = sizeof(file) + under->szOsFile;
  faulty.xOpen = v_open;
  return sqlite3_vfs_register(&faulty, 1);
}
int faulty_unregister(void) { return sqlite3_vfs_unregister(&faulty); }
void faulty_arm(long at, int error, int is_lasting) { count = 0; fail_at = at; code = error; stays = is_lasting; }
long faulty_count(void) { return count; }

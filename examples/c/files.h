/* Files for the examples: whole in, whole out. */
#ifndef SALESCHECKLIST_EXAMPLES_FILES_H
#define SALESCHECKLIST_EXAMPLES_FILES_H

#include <stdio.h>
#include <stdlib.h>

/* The bytes of a file, with a NUL behind them; NULL when it cannot be read. To be freed by free().
 */
static inline char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t room = 1 << 16;
  char *bytes = malloc(room);
  *size = 0;
  while (bytes != NULL) {
    *size += fread(bytes + *size, 1, room - 1 - *size, file);
    if (*size < room - 1) break;
    char *more = realloc(bytes, room *= 2);
    if (more == NULL) free(bytes);
    bytes = more;
  }
  if (bytes != NULL) bytes[*size] = '\0';
  if (ferror(file)) {
    free(bytes);
    bytes = NULL;
  }
  fclose(file);
  return bytes;
}

/* 0 when all bytes were written. */
static inline int write_file(const char *path, const char *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  if (file == NULL) return 1;
  const int cut = fwrite(bytes, 1, size, file) != size;
  return fclose(file) != 0 || cut;
}

#endif

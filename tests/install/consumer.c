/* Prints the version that the headers give. */
#include <saleschecklist/config.h>

#include <stdio.h>

int main(void) {
  puts(SALESCHECKLIST_VERSION);
  return 0;
}

package io.nightjar.metric.count;

import java.util.ArrayDeque;

/** A huge array of which only the pages in use exist, in two levels. */
final class PageTable {
  private static final int GROUP_BITS = 8;
  private static final int GROUP_MASK = (1 << GROUP_BITS) - 1;

  private final int pageLength;
  private final int[][][] groups;
  private int count;

  /** Pages that another table no longer needs, reset to zero. */
  private final ArrayDeque<int[]> recycled;

  /** A table for pages with indexes below {@code 2^indexBits}. */
  PageTable(int indexBits, int pageLength) {
    this(indexBits, pageLength, new ArrayDeque<>());
  }

  /**
   * The same with pages of tables before it.
   *
   * @param recycled of the same length and all zero; new ones are made when there are none left
   */
  PageTable(int indexBits, int pageLength, ArrayDeque<int[]> recycled) {
    this.pageLength = pageLength;
    this.recycled = recycled;
    groups = new int[1 << Math.max(indexBits - GROUP_BITS, 0)][][];
  }

  /** The page, or null where there is none. */
  int[] get(int index) {
    int[][] group = groups[index >>> GROUP_BITS];
    return group == null ? null : group[index & GROUP_MASK];
  }

  /** The page, new and zero where it did not exist. */
  int[] getOrAllocate(int index) {
    int at = index >>> GROUP_BITS;
    if (groups[at] == null) {
      groups[at] = new int[1 << GROUP_BITS][];
    }
    int[] page = groups[at][index & GROUP_MASK];
    if (page == null) {
      page = recycled.isEmpty() ? new int[pageLength] : recycled.pop();
      groups[at][index & GROUP_MASK] = page;
      count++;
    }
    return page;
  }

  /** Keeps a page that is no longer needed, and is all zero, while it is still in the cache. */
  void recycle(int[] page) {
    recycled.push(page);
  }

  /** The pages that can be used again. */
  ArrayDeque<int[]> recycled() {
    return recycled;
  }

  void dropRecycled() {
    recycled.clear();
  }

  /** How many pages exist. */
  int count() {
    return count;
  }

  /** The indexes of the existing pages, ascending. */
  int[] indexes() {
    int[] indexes = new int[count];
    int found = 0;
    for (int at = 0; at < groups.length; at++) {
      if (groups[at] != null) {
        for (int within = 0; within <= GROUP_MASK; within++) {
          if (groups[at][within] != null) {
            indexes[found++] = at << GROUP_BITS | within;
          }
        }
      }
    }
    return indexes;
  }

  /** Removes the page from the table. */
  int[] remove(int index) {
    int[][] group = groups[index >>> GROUP_BITS];
    int[] page = group[index & GROUP_MASK];
    group[index & GROUP_MASK] = null;
    count--;
    return page;
  }
}

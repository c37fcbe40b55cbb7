package io.nightjar.bank.shard;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Groups blocks into runs of a given number of rows; the last run may be shorter. */
final class ShardCutter implements Iterator<List<RowBlock>> {
  private final Iterator<RowBlock> blocks;
  private final int dimension;
  private final int shardRows;
  private RowBlock begun;
  private int used;

  ShardCutter(Iterator<RowBlock> blocks, int dimension, int shardRows) {
    this.blocks = blocks;
    this.dimension = dimension;
    this.shardRows = shardRows;
  }

  @Override
  public boolean hasNext() {
    return begun != null || blocks.hasNext();
  }

  @Override
  public List<RowBlock> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There are no more rows");
    }
    List<RowBlock> shard = new ArrayList<>();
    int rows = 0;
    while (rows < shardRows && hasNext()) {
      if (begun == null) {
        begun = blocks.next();
        used = 0;
      }
      int available = begun.rows(dimension);
      int to = Math.min(available, used + shardRows - rows);
      shard.add(begun.slice(used, to, dimension));
      rows += to - used;
      used = to;
      if (used == available) {
        begun = null;
      }
    }
    return shard;
  }
}

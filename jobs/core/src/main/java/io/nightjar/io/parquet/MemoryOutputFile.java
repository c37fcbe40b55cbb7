package io.nightjar.io.parquet;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file that Parquet writes into memory. */
public final class MemoryOutputFile implements OutputFile {
  private final ByteArrayOutputStream content;

  /** A file of any length. */
  public MemoryOutputFile() {
    this(1 << 20);
  }

  /** A file of about so many bytes. */
  public MemoryOutputFile(int bytes) {
    content = new ByteArrayOutputStream(bytes);
  }

  /** What was written. */
  public byte[] bytes() {
    return content.toByteArray();
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return content.size();
      }

      @Override
      public void write(int value) {
        content.write(value);
      }

      @Override
      public void write(byte[] bytes, int from, int count) {
        content.write(bytes, from, count);
      }
    };
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}

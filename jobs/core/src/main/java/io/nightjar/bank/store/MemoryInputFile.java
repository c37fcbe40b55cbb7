package io.nightjar.bank.store;

import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file that Parquet reads from memory. */
final class MemoryInputFile implements InputFile {
  private final byte[] content;
  private final String name;

  /**
   * @param name for Parquet's messages
   */
  MemoryInputFile(byte[] content, String name) {
    this.content = content;
    this.name = name;
  }

  @Override
  public long getLength() {
    return content.length;
  }

  @Override
  public SeekableInputStream newStream() {
    Bytes bytes = new Bytes(content);
    return new DelegatingSeekableInputStream(bytes) {
      @Override
      public long getPos() {
        return bytes.position();
      }

      @Override
      public void seek(long position) {
        bytes.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** Java's own stream has no position and cannot seek. */
  private static final class Bytes extends ByteArrayInputStream {
    Bytes(byte[] content) {
      super(content);
    }

    synchronized long position() {
      return pos;
    }

    synchronized void seek(long position) {
      if (position < 0 || position > count) {
        throw new IllegalArgumentException(
            Text.format("No position %d in %d bytes", position, count));
      }
      pos = (int) position;
    }
  }
}

package io.nightjar.export;

import java.util.Locale;

/** The floating-point format in which an exported file has the bank's rows. */
public enum RowPrecision {
  /** IEEE 754 binary32, as the bank has them. */
  FP32(Float.BYTES),
  /** IEEE 754 binary16: half as long, and rounded; distances are computed in float32. */
  FP16(Short.BYTES);

  private final int bytes;

  RowPrecision(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The length of a value.
   *
   * @return in bytes
   */
  int bytes() {
    return bytes;
  }

  /**
   * The name in options and in files.
   *
   * @return {@code fp32} or {@code fp16}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

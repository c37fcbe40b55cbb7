package io.nightjar.bank.store;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Stands where Parquet asks for what assembles records, of columns that are read on their own. */
final class NoRecord extends GroupConverter {
  private static final Converter NONE = new PrimitiveConverter() {};

  @Override
  public Converter getConverter(int field) {
    return NONE;
  }

  @Override
  public void start() {
    // No record is assembled.
  }

  @Override
  public void end() {
    // No record is assembled.
  }
}

package io.nightjar.backbone;

import java.util.OptionalInt;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * What a column of patches says of itself, so that the next stage need not be told: the values per
 * patch, under the key {@code channels}.
 */
public final class PatchMetadata {
  private static final String CHANNELS = "channels";

  private PatchMetadata() {}

  /** The values per patch, if the column says so. */
  public static OptionalInt channels(StructField column) {
    return column.metadata().contains(CHANNELS)
        ? OptionalInt.of(Math.toIntExact(column.metadata().getLong(CHANNELS)))
        : OptionalInt.empty();
  }

  /** The metadata with another number of values per patch. */
  public static Metadata withChannels(Metadata metadata, int channels) {
    return new MetadataBuilder().withMetadata(metadata).putLong(CHANNELS, channels).build();
  }
}

package io.nightjar.backbone.weights;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Small weight files of every format, for tests that damage them. */
public final class WeightSeeds {
  private static final String PICKLE = "model/data.pkl";

  private WeightSeeds() {}

  /** A header with metadata and tensors of several types, and their bytes. */
  public static byte[] safetensors() {
    byte[] header =
        ("{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"b\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[24,32]},"
                + "\"c\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[32,40]}}")
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + 40)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  /** In torch's zip format. */
  public static List<byte[]> zips() throws IOException {
    return List.of(dict().zip(), dict().under("state_dict").nextToArguments().zip());
  }

  /** In torch's format before that. */
  public static List<byte[]> legacy() {
    return List.of(dict().legacy(), dict().under("model").nextToArguments().legacy());
  }

  /** The pickles in {@link #zips}. */
  public static List<byte[]> pickles() throws IOException {
    return List.of(entries(zips().get(0)).get(PICKLE), entries(zips().get(1)).get(PICKLE));
  }

  /** An archive of {@link #zips} with another pickle. */
  public static byte[] withPickle(byte[] pickle) throws IOException {
    Map<String, byte[]> entries = entries(zips().get(0));
    entries.put(PICKLE, pickle);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        CRC32 crc = new CRC32();
        crc.update(content.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private static StateDictWriter dict() {
    return new StateDictWriter()
        .put("layer1.weight", StateDictWriter.floats(List.of(2, 2), 1, 2, 3, 4))
        .put("layer1.bias", StateDictWriter.floats(List.of(2), 0.5f, -0.5f));
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }
}

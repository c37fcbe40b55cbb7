package io.nightjar.io.artifact;

import io.nightjar.io.Sha256;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an artefact is found by: the SHA-256 over all that it depends on, each with a name. Two
 * artefacts of one key have the same content.
 *
 * @param hex 64 hexadecimal digits in lower case
 */
public record ArtifactKey(String hex) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Refuses what is no SHA-256. */
  public ArtifactKey {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("No SHA-256 in hexadecimal: " + hex);
    }
  }

  static boolean isHex(String text) {
    return HEX.matcher(text).matches();
  }

  /**
   * Begins a key.
   *
   * @param kind of the artefact
   * @param format the version of its format
   */
  public static Builder of(String kind, int format) {
    return new Builder().with("kind", kind).with("format", Integer.toString(format));
  }

  /** Collects what an artefact depends on; the order counts. */
  public static final class Builder {
    private final MessageDigest digest = Sha256.digest();

    private Builder() {}

    /** Adds a value. */
    public Builder with(String name, String value) {
      return with(name, List.of(value));
    }

    /** Adds values in their order. */
    public Builder with(String name, Collection<String> values) {
      add(name);
      number(values.size());
      values.forEach(this::add);
      return this;
    }

    /** Adds each entry of a map in its order, by the text of its value. */
    public Builder with(Map<String, ?> values) {
      values.forEach((name, value) -> with(name, String.valueOf(value)));
      return this;
    }

    /** The key of what was added; call it once. */
    public ArtifactKey build() {
      return new ArtifactKey(Sha256.hex(digest));
    }

    /** With its length before it, so that no two lists of texts are one sequence of bytes. */
    private void add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length);
      digest.update(bytes);
    }

    private void number(int value) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
  }
}

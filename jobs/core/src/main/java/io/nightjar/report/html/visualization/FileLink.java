package io.nightjar.report.html.visualization;

import static java.util.stream.Collectors.joining;

import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Links to files next to the page. */
public final class FileLink {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private FileLink() {}

  /**
   * A relative path as a URL: every byte of a segment but RFC 3986's unreserved ones is escaped, so
   * that a file's name is never taken for a scheme, a query or a fragment.
   */
  public static String of(String relativePath) {
    return Stream.of(relativePath.split("/", -1)).map(FileLink::segment).collect(joining("/"));
  }

  private static String segment(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(Text.format("%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }
}

package io.nightjar.dataset.image;

import io.nightjar.io.FileNames;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.security.AccessControlException;

/**
 * Why a file could not be opened. Java has one exception for a file that is not there and one that
 * may not be read; the reason of the operating system is in its message.
 */
final class OpenFailure {
  /** {@code /data/000.png (Permission denied)}. */
  private static final Pattern OF_SYSTEM = Pattern.compile("(?s).*\\(([^()]+)\\)");

  private static final String NOT_THERE = "No such file or directory";
  private static final String DENIED = "Permission denied";

  private OpenFailure() {}

  /** The reason in a sentence. */
  static String reason(String uri, Exception failure) {
    if (failure instanceof FileNotFoundException) {
      String ofSystem = ofSystem(uri, failure);
      return ofSystem.equals(NOT_THERE) ? absent(uri) : sentence(ofSystem);
    }
    return sentence(isDenied(failure) ? DENIED : failure.getMessage());
  }

  private static String absent(String uri) {
    boolean local = uri.startsWith("file:") || uri.startsWith("/");
    return !local || FileNames.isExpressible(uri)
        ? "The file is absent."
        : Text.format(
            "The encoding %s of this machine cannot express the file's name; set LC_ALL=C.UTF-8"
                + " there (spark.executorEnv.LC_ALL for executors).",
            FileNames.encoding());
  }

  private static String sentence(String reason) {
    return Text.format("The file cannot be read: %s.", reason);
  }

  private static boolean isDenied(Exception failure) {
    return failure instanceof AccessDeniedException || failure instanceof AccessControlException;
  }

  private static String ofSystem(String uri, Exception failure) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(uri);
    String scheme = path.toUri().getScheme();
    if (scheme != null && !scheme.equals("file")) {
      return NOT_THERE;
    }
    Matcher matcher = OF_SYSTEM.matcher(String.valueOf(failure.getMessage()));
    return matcher.matches() ? matcher.group(1) : ofAttributes(path.toUri().getPath());
  }

  /** A file in a folder that may not be entered is not there for Hadoop. */
  private static String ofAttributes(String path) {
    try {
      Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return NOT_THERE;
    } catch (AccessDeniedException e) {
      return DENIED;
    } catch (IOException | IllegalArgumentException e) {
      return NOT_THERE;
    }
  }
}

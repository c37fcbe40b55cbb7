package io.nightjar.io.place;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.ObjectStores;
import io.nightjar.io.StorageFailure;
import io.nightjar.text.Addresses;
import io.nightjar.text.Sentences;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Why a place that a person named cannot be used, and what to do about it; in words, also where the
 * storage's client answers with the names of its classes.
 *
 * @param reason on one line, without a full stop, to follow "cannot be read: "
 * @param remedy a sentence
 */
public record PlaceFault(String reason, String remedy) {
  private static final Set<String> NO_CREDENTIALS =
      Set.of(
          "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException",
          "org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException");

  /** Hadoop's local file system and that of the JDK, in the words of the operating system. */
  private static final Set<String> DENIED_LOCALLY =
      Set.of("Permission denied", "Operation not permitted", "Read-only file system");

  /** The fault of a place, as its storage's client reported it. */
  public static PlaceFault of(String location, Throwable failure) {
    return new PlaceFault(reason(location, failure), remedy(location, failure));
  }

  /**
   * The refusal of a place, with its fault.
   *
   * @param format with the place, and behind it reason and remedy: {@code "%s cannot be read: %s"}
   * @param place as the person named it
   */
  @SuppressWarnings("FormatStringAnnotation") // its second argument is made here
  public static InvalidInputException refused(String format, Object place, Throwable failure) {
    return new InvalidInputException(
        Text.format(format, place, of(place.toString(), failure).sentences()), failure);
  }

  /** Both, to follow "cannot be read: ". */
  public String sentences() {
    return reason + ". " + remedy;
  }

  private static String reason(String location, Throwable failure) {
    if (holdsLogin(location)) {
      return "the address holds a user or a password";
    }
    if (lacksCredentials(failure)) {
      return "no credentials for it were found";
    }
    if (has(failure, PlaceFault::isDeniedLocally)) {
      return Text.format("the user %s has no right to it", System.getProperty("user.name"));
    }
    if (failure instanceof NoSuchFileException absent) {
      return absent.getFile() + " does not exist";
    }
    String message = failure.getMessage();
    String kind = failure.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return kind;
    }
    String line = message.lines().findFirst().orElse("");
    return Sentences.shown(says(failure) ? line : kind + ": " + line).replaceFirst("[. ]+$", "");
  }

  /** Whether a message is a sentence; the message of others is often the file alone. */
  private static boolean says(Throwable failure) {
    return failure.getClass() == IOException.class || failure instanceof IllegalArgumentException;
  }

  private static String remedy(String location, Throwable failure) {
    if (holdsLogin(location)) {
      return "Leave them out: keys come from "
          + keys(location)
          + ", and addresses are recorded and shown.";
    }
    if (lacksCredentials(failure)) {
      return "Give driver and executors " + keys(location) + ".";
    }
    if (has(failure, PlaceFault::isDeniedLocally)) {
      return "Give this user the right (ls -ld PATH shows what it has), or name another place.";
    }
    if (has(failure, UnsupportedFileSystemException.class::isInstance)
        || has(failure, ClassNotFoundException.class::isInstance)
        || has(failure, LinkageError.class::isInstance)) {
      return "Put the file system's library on the class path of driver and executors (hadoop-aws for"
          + " s3a, of Hadoop's own version), or correct the scheme of the address.";
    }
    Optional<StorageFailure> storage = StorageFailure.of(location, failure);
    if (has(failure, AccessDeniedException.class::isInstance)
        || has(failure, AccessControlException.class::isInstance)
        || storage.filter(found -> found.kind() == StorageFailure.Kind.DENIED).isPresent()) {
      return "Give this account the right to it (its name, keys and tokens are those of the process or"
          + " of spark.hadoop.fs.* properties), or name another place.";
    }
    if (has(failure, TimeoutException.class::isInstance)
        || has(failure, ConnectException.class::isInstance)
        || has(failure, UnknownHostException.class::isInstance)) {
      return Text.format(
          "Check the address, %sname resolution, proxies and firewalls between this machine and the"
              + " storage.",
          scheme(location).startsWith("s3") ? "the endpoint (fs.s3a.endpoint), " : "");
    }
    return storage.map(PlaceFault::remedy).orElseGet(() -> otherwise(location, failure));
  }

  private static String remedy(StorageFailure failure) {
    return switch (failure.kind()) {
      case NO_ANSWER ->
          "The storage is overloaded or unreachable: look at its own state, and at the network"
              + " between.";
      case HANDLES -> "Raise the limit of open files (ulimit -n).";
      case SPACE -> "Free space or raise the quota there.";
      case DENIED -> throw new IllegalArgumentException("a refusal is described by its account");
    };
  }

  private static String otherwise(String location, Throwable failure) {
    if (!ObjectStores.isScheme(scheme(location))) {
      return "Correct the address, or create its folder.";
    }
    return has(failure, FileNotFoundException.class::isInstance)
        ? "Correct the address: the bucket, container or folder is not there, or not for this account."
        : "Correct the address or the storage's configuration (spark.hadoop.fs.* properties); the"
            + " reason is in the storage's own words.";
  }

  /** Where an account of a store is looked for. */
  private static String keys(String location) {
    return scheme(location).startsWith("s3")
        ? "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a role of the machine, or"
            + " spark.hadoop.fs.s3a.access.key, .secret.key or .aws.credentials.provider"
        : "the environment or spark.hadoop.fs.* properties";
  }

  /** Of other stores, a name before the host is a container, and clients of FTP need their user. */
  private static boolean holdsLogin(String location) {
    String address = location.replaceFirst("\\?.*", "");
    return scheme(location).startsWith("s3") && !Addresses.redacted(address).equals(address);
  }

  private static boolean lacksCredentials(Throwable failure) {
    return has(failure, cause -> NO_CREDENTIALS.contains(cause.getClass().getName()));
  }

  private static boolean isDeniedLocally(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException denied) {
      // The client of S3 throws it with the address, the JDK with a path.
      return String.valueOf(denied.getFile()).startsWith("/") && denied.getReason() == null;
    }
    return DENIED_LOCALLY.stream()
        .anyMatch(words -> message.endsWith("(" + words + ")") || message.equals(words));
  }

  private static String scheme(String location) {
    int colon = location.indexOf(":/");
    return colon < 0 ? "" : location.substring(0, colon);
  }

  private static boolean has(Throwable failure, Predicate<Throwable> kind) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 32; cause = cause.getCause()) {
      if (kind.test(cause)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}

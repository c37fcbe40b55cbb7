package io.nightjar.io;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;

/**
 * A failure of the storage, not of the file that was asked for: the next request may succeed, and
 * nothing says that the file is bad. A file that is absent, empty or damaged, or that its own
 * rights protect, is none.
 *
 * @param kind what failed
 * @param reason the storage's own words, on one line
 */
public record StorageFailure(Kind kind, String reason) {

  /** What failed. */
  public enum Kind {
    /** A server that is overloaded, unreachable or resets connections, or a disk that fails. */
    NO_ANSWER,
    /** The process has no file handle left. */
    HANDLES,
    /** A disk or a quota is full. */
    SPACE,
    /** An object store, or a cluster's token, that denies access to all that the run asks for. */
    DENIED;

    /** Whether asking again can help. */
    boolean isPassing() {
      return this != DENIED;
    }
  }

  private static final int LONGEST = 300;

  /** By name: the clients of the stores are not needed to build this module. */
  private static final Set<String> NO_ANSWER =
      Set.of(
          "org.apache.hadoop.fs.s3a.AWSServiceThrottledException",
          "org.apache.hadoop.fs.s3a.AWSStatus500Exception",
          "org.apache.hadoop.fs.s3a.AWSNoResponseException",
          "org.apache.hadoop.fs.s3a.AWSClientIOException",
          "org.apache.hadoop.net.ConnectTimeoutException",
          "org.apache.hadoop.hdfs.BlockMissingException",
          "org.apache.hadoop.ipc.StandbyException",
          "org.apache.hadoop.ipc.RetriableException",
          "org.apache.hadoop.hdfs.server.namenode.SafeModeException",
          "org.apache.http.NoHttpResponseException",
          "org.apache.http.ConnectionClosedException");

  private static final Set<String> DENIED =
      Set.of(
          "org.apache.hadoop.security.token.SecretManager$InvalidToken",
          "org.apache.hadoop.fs.s3a.CredentialInitializationException",
          "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException",
          "org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException");

  /** As the clients of object stores put a response that is no answer. */
  private static final Pattern BUSY =
      Pattern.compile(
          "Status Code: (5\\d\\d|429|408)\\b|HTTP response code: (5\\d\\d|429|408)\\b"
              + "|Error Code: (SlowDown|RequestTimeout)\\b");

  /**
   * Hadoop's words for a stream that is read after its end. That of S3A in Hadoop 3.5 closes itself
   * when a request fails, so a reader that goes on hears of nothing else.
   */
  private static final Pattern CLOSED = Pattern.compile("(?s).*: Stream is closed!");

  private static final Pattern REFUSED =
      Pattern.compile("Error Code: (ExpiredToken|TokenRefreshRequired|RequestTimeTooSkewed)\\b");

  /** The reasons of an operating system: the whole message, or at its end. */
  private static final Pattern DISK =
      ofSystem(
          "Input/output error",
          "Remote I/O error",
          "Stale file handle",
          "Connection timed out",
          "Connection reset by peer",
          "Broken pipe",
          "Host is down",
          "No route to host",
          "Transport endpoint is not connected",
          "Resource temporarily unavailable");

  private static final Pattern FULL = ofSystem("No space left on device", "Disk quota exceeded");
  private static final Pattern NO_HANDLES = ofSystem("Too many open files");

  /** Such as {@code /a/b.png (Input/output error)}. */
  private static Pattern ofSystem(String... reasons) {
    return Pattern.compile(
        "(?s)(?:.*[ (])?(?:" + String.join("|", reasons) + ")(?: in system)?\\)?\\.?");
  }

  /** The failure of the storage behind an exception; empty where the file itself is to blame. */
  public static Optional<StorageFailure> of(String uri, Throwable failure) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 32; cause = cause.getCause()) {
      Optional<Kind> kind = kind(uri, cause);
      // Hadoop's error of a local disk only repeats its cause.
      if (kind.isPresent() && !(cause instanceof FSError && cause.getCause() != null)) {
        return Optional.of(new StorageFailure(kind.get(), reason(cause)));
      }
      depth++;
    }
    return Optional.empty();
  }

  /** Whether a failure is that of a thread which was asked to end. */
  public static boolean isInterruption(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException
          || cause instanceof InterruptedException
          || (cause instanceof InterruptedIOException && !isTimeout(cause))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Kind> kind(String uri, Throwable cause) {
    String message = withoutName(uri, cause);
    if (NO_HANDLES.matcher(message).matches()) {
      return Optional.of(Kind.HANDLES);
    }
    if (FULL.matcher(message).matches()) {
      return Optional.of(Kind.SPACE);
    }
    String name =
        cause instanceof RemoteException remote
            ? remote.getClassName()
            : cause.getClass().getName();
    if (DENIED.contains(name)
        || REFUSED.matcher(message).find()
        || (cause instanceof AccessDeniedException && isObjectStore(uri))) {
      return Optional.of(Kind.DENIED);
    }
    return NO_ANSWER.contains(name)
            || isOfNetwork(cause)
            || BUSY.matcher(message).find()
            || DISK.matcher(message).matches()
            || (CLOSED.matcher(message).matches() && isObjectStore(uri))
        ? Optional.of(Kind.NO_ANSWER)
        : Optional.empty();
  }

  /** A file's name is not the storage's word, whatever it is. */
  private static String withoutName(String uri, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return uri.isEmpty() ? message : message.replace(uri, "").replace(path(uri), "");
  }

  private static String path(String uri) {
    return uri.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "");
  }

  private static boolean isOfNetwork(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof UnknownHostException
        || cause instanceof SSLException
        || cause instanceof TimeoutException
        || isTimeout(cause);
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof SocketTimeoutException
        || cause.getClass().getName().equals("org.apache.hadoop.net.ConnectTimeoutException");
  }

  /** There, rights are those of the run's credentials; elsewhere a file has its own. */
  private static boolean isObjectStore(String uri) {
    try {
      return ObjectStores.isScheme(new Path(uri).toUri().getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    String line =
        message == null || message.isBlank()
            ? cause.getClass().getSimpleName()
            : message.lines().findFirst().orElse(message).strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}

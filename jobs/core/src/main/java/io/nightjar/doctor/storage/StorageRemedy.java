package io.nightjar.doctor.storage;

import io.nightjar.io.StorageFailure;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** What to do about a failure of storage. */
final class StorageRemedy {
  private static final String RIGHTS =
      "Give this account the right to it (its name, keys and tokens are those of the process or of"
          + " spark.hadoop.fs.* properties), or name another place.";

  private StorageRemedy() {}

  static String of(String uri, Throwable failure) {
    if (has(failure, UnsupportedFileSystemException.class) || isClassMissing(failure)) {
      return "Put the file system's library on the class path of driver and executors (hadoop-aws for"
          + " s3a, of Hadoop's own version), or correct the scheme of the address.";
    }
    if (has(failure, AccessDeniedException.class) || has(failure, AccessControlException.class)) {
      return RIGHTS;
    }
    if (has(failure, TimeoutException.class)
        || has(failure, ConnectException.class)
        || has(failure, UnknownHostException.class)) {
      return "Check the address, the endpoint (fs.s3a.endpoint), name resolution, proxies and"
          + " firewalls between this machine and the storage; a longer --timeout waits longer.";
    }
    Optional<StorageFailure> storage = StorageFailure.of(uri, failure);
    if (storage.isPresent()) {
      return switch (storage.get().kind()) {
        case NO_ANSWER ->
            "The storage is overloaded or unreachable: look at its own state, and at the network"
                + " between.";
        case HANDLES -> "Raise the limit of open files (ulimit -n).";
        case SPACE -> "Free space or raise the quota there.";
        case DENIED -> RIGHTS;
      };
    }
    return has(failure, FileNotFoundException.class)
        ? "Correct the address: the bucket, container or folder is not there, or not for this account."
        : "Correct the address or the storage's configuration (spark.hadoop.fs.* properties); the"
            + " sentence is the storage's own.";
  }

  private static boolean isClassMissing(Throwable failure) {
    return has(failure, ClassNotFoundException.class) || has(failure, LinkageError.class);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 32; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
      depth++;
    }
    return false;
  }
}

package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.token.SecretManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageFailureTest {
  private static final String S3 = "s3a://bucket/set/a.png";
  private static final String LOCAL = "file:/data/set/a.png";
  private static final String HDFS = "hdfs://name/set/a.png";

  private record Case(String uri, Exception failure) {}

  private static Case of(String uri, Exception failure) {
    return new Case(uri, failure);
  }

  static Stream<Case> unanswered() {
    return Stream.of(
        of(S3, new SocketTimeoutException("Read timed out")),
        of(S3, new SocketException("Connection reset")),
        of(S3, new ConnectException("Connection refused")),
        of(S3, new NoRouteToHostException()),
        of(S3, new UnknownHostException("bucket.s3.example.org")),
        of(S3, new SSLException("Connection reset")),
        of(S3, new ConnectTimeoutException("timed out")),
        // In the words of the client of S3, behind whatever else.
        of(
            S3,
            new IOException(
                "open s3a://bucket/set/a.png",
                new IOException(
                    "We encountered an internal error. (Service: Amazon S3; Status Code: 500; Error"
                        + " Code: InternalError; Request ID: X)"))),
        of(S3, new IOException("Reduce your rate (Status Code: 503; Error Code: SlowDown)")),
        of(S3, new IOException("(Service: S3, Status Code: 429, Request ID: X)")),
        of(S3, new IOException("Server returned HTTP response code: 502 for URL: http://x")),
        of(S3, new IOException("set/a.png: Stream is closed!")),
        of(S3, new IllegalArgumentException(new UnknownHostException("name"))),
        of(HDFS, new BlockMissingException("/set/a.png", "Could not obtain block", 0)),
        of(HDFS, new RemoteException(StandbyException.class.getName(), "state standby")),
        of(HDFS, new RemoteException(SafeModeException.class.getName(), "safe mode")),
        of(LOCAL, new IOException("Input/output error")),
        of(LOCAL, new FileNotFoundException("/data/set/a.png (Input/output error)")),
        of(LOCAL, new FileSystemException("/data/set/a.png", null, "Stale file handle")),
        of(LOCAL, new UncheckedIOException(new IOException("Host is down"))));
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void storageThatDoesNotAnswer(Case one) {
    assertThat(StorageFailure.of(one.uri(), one.failure()))
        .map(StorageFailure::kind)
        .contains(StorageFailure.Kind.NO_ANSWER);
  }

  static Stream<Case> ofFiles() {
    return Stream.of(
        of(S3, new FileNotFoundException("No such file or directory: s3a://bucket/set/a.png")),
        of(LOCAL, new FileNotFoundException("/data/set/a.png (No such file or directory)")),
        of(LOCAL, new FileNotFoundException("/data/set/a.png (Permission denied)")),
        of(LOCAL, new AccessDeniedException("/data/set/a.png")),
        of(HDFS, new AccessControlException("Permission denied: user=a, access=READ")),
        of(LOCAL, new EOFException()),
        of(LOCAL, new IOException("The image is truncated.")),
        of(S3, new IOException("(Service: Amazon S3; Status Code: 404; Error Code: NoSuchKey)")),
        of(S3, new IllegalArgumentException("Wrong FS")));
  }

  @ParameterizedTest
  @MethodSource("ofFiles")
  void aFaultOfTheFileIsNoneOfTheStorage(Case one) {
    assertThat(StorageFailure.of(one.uri(), one.failure())).isEmpty();
  }

  static Stream<String> names() {
    return Stream.of(
        "s3a://b/Status Code: 503/a.png",
        "s3a://b/Error Code: SlowDown.png",
        "file:/data/No space left on device",
        "/data/Too many open files",
        "hdfs://name/x/Input/output error");
  }

  @ParameterizedTest
  @MethodSource("names")
  void theNameOfAFileSaysNothingOfTheStorage(String uri) {
    String path = uri.replaceFirst("^\\w+:(//\\w+)?", "");

    assertThat(StorageFailure.of(uri, new FileNotFoundException("No such file: " + uri))).isEmpty();
    assertThat(
            StorageFailure.of(
                uri, new FileNotFoundException(path + " (No such file or directory)")))
        .isEmpty();
    assertThat(StorageFailure.of(uri, new NoSuchFileException(path))).isEmpty();
  }

  static Stream<Case> denied() {
    return Stream.of(
        of(S3, new AccessDeniedException(S3, null, "getFileStatus: 403 Forbidden")),
        of(S3, new IOException("(Service: Amazon S3; Status Code: 400; Error Code: ExpiredToken)")),
        of(
            HDFS,
            new RemoteException(
                SecretManager.InvalidToken.class.getName(), "token (a for b) is expired")));
  }

  @ParameterizedTest
  @MethodSource("denied")
  void accessThatIsDeniedToTheRun(Case one) {
    assertThat(StorageFailure.of(one.uri(), one.failure()))
        .map(StorageFailure::kind)
        .contains(StorageFailure.Kind.DENIED);
  }

  @ParameterizedTest
  @MethodSource("exhausted")
  void whatIsUsedUp(StorageFailure.Kind kind, String message) {
    assertThat(StorageFailure.of(LOCAL, new IOException(message)))
        .map(StorageFailure::kind)
        .contains(kind);
  }

  static Stream<Arguments> exhausted() {
    return Stream.of(
        Arguments.of(StorageFailure.Kind.HANDLES, "/data/set/a.png (Too many open files)"),
        Arguments.of(StorageFailure.Kind.HANDLES, "/data/set/a.png: Too many open files in system"),
        Arguments.of(StorageFailure.Kind.SPACE, "No space left on device"),
        Arguments.of(StorageFailure.Kind.SPACE, "/data/set/a.png: Disk quota exceeded"));
  }

  @ParameterizedTest
  @MethodSource("interruptions")
  void aThreadThatWasAskedToEnd(Exception failure) {
    assertThat(StorageFailure.isInterruption(failure)).isTrue();
  }

  static Stream<Exception> interruptions() {
    return Stream.of(
        new InterruptedIOException("interrupted"),
        new ClosedByInterruptException(),
        new IOException(new InterruptedException()));
  }
}

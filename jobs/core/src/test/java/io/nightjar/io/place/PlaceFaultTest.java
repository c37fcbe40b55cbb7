package io.nightjar.io.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.nightjar.io.PlainFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceFaultTest {
  private static final String S3 = "s3a://bucket/runs";
  private static final String LOCAL = "/data/runs";

  private record Case(String location, Exception failure, String reason, String remedy) {}

  static Stream<Case> faults() {
    String user = "the user " + System.getProperty("user.name") + " has no right to it";
    return Stream.of(
        new Case(
            S3,
            new AccessDeniedException(
                S3,
                null,
                "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException: No AWS Credentials"),
            "AccessDeniedException: s3a://bucket/runs: org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException:"
                + " No AWS Credentials",
            "Give this account the right"),
        new Case(
            S3,
            (Exception)
                new AccessDeniedException(S3, null, "none")
                    .initCause(new NoAuthWithAWSException("No AWS Credentials provided by A B C")),
            "no credentials for it were found",
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        new Case(
            "s3a://key:hidden@bucket/runs",
            new IllegalArgumentException("The URI contains login details"),
            "the address holds a user or a password",
            "Leave them out"),
        new Case(
            "s3a://key:hid/den@bucket/runs",
            new IllegalArgumentException("The URI contains login details"),
            "the address holds a user or a password",
            "Leave them out"),
        // A query is no login.
        new Case(
            S3 + "?versionId=1",
            new ConnectException("Connection refused"),
            "ConnectException: Connection refused",
            "fs.s3a.endpoint"),
        new Case(LOCAL, new AccessDeniedException(LOCAL), user, "ls -ld"),
        new Case(LOCAL, new FileNotFoundException(LOCAL + " (Permission denied)"), user, "ls -ld"),
        new Case(
            LOCAL, new FileNotFoundException(LOCAL + " (Read-only file system)"), user, "ls -ld"),
        new Case(
            LOCAL,
            new NoSuchFileException("/data/runs/.a.json"),
            "/data/runs/.a.json does not exist",
            "create its folder"),
        new Case(
            "hdfs://name/runs",
            new AccessControlException("Permission denied: user=a, access=READ"),
            "AccessControlException: Permission denied: user=a, access=READ",
            "Give this account the right"),
        new Case(
            "hdfs://name/runs",
            new ConnectException("Connection refused"),
            "ConnectException: Connection refused",
            "Check the address, name resolution"),
        new Case(
            "other://place",
            new UnsupportedFileSystemException("No FileSystem for scheme \"other\""),
            "UnsupportedFileSystemException: No FileSystem for scheme \"other\"",
            "class path"),
        new Case(
            LOCAL,
            new IOException("/data/runs/a (No space left on device)"),
            "/data/runs/a (No space left on device)",
            "Free space"),
        new Case(
            S3,
            new FileNotFoundException("Bucket bucket does not exist."),
            "FileNotFoundException: Bucket bucket does not exist",
            "the bucket, container or folder is not there"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultIsReportedInWordsWithWhatToDo(Case known) {
    PlaceFault fault = PlaceFault.of(known.location(), known.failure());

    assertThat(fault.reason()).isEqualTo(known.reason());
    assertThat(fault.remedy()).contains(known.remedy()).endsWith(".");
    assertThat(fault.sentences()).isEqualTo(fault.reason() + ". " + fault.remedy());
    assertThat(fault.sentences()).doesNotContain("hidden").doesNotContain("hid/den");
  }

  /** As the client of S3 really answers. */
  @Test
  void withoutCredentialsTheirVariablesAreNamed() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(
        "fs.s3a.aws.credentials.provider", "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider");
    configuration.set("fs.s3a.endpoint", "http://127.0.0.1:9");
    configuration.set("fs.s3a.attempts.maximum", "1");
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(S3);

    try (FileSystem files = FileSystem.newInstance(place.toUri(), configuration)) {
      files.getFileStatus(place);
    } catch (IOException e) {
      assertThat(PlaceFault.of(S3, e).sentences())
          .startsWith("no credentials for it were found. ")
          .contains("AWS_ACCESS_KEY_ID", "spark.hadoop.fs.s3a.access.key");
      return;
    }
    throw new AssertionError("The storage was reached without credentials.");
  }

  /** As the local file system really answers. */
  @Test
  void aFolderOfSomebodyElseIsRecognisedByTheUser(@TempDir Path folder) throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "this user may write everywhere");
    Path file = closed.resolve("a.json");

    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toString());
      PlainFiles.of(path, new Configuration()).create(path).close();
    } catch (IOException e) {
      assertThat(PlaceFault.of(file.toString(), e).reason()).endsWith(" has no right to it");
      return;
    }
    throw new AssertionError("A closed folder was written.");
  }
}

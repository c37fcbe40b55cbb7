package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("smoke")
@Tag("slow")
class LogConfigurationTest {
  /** With another SLF4J before it on the class path, nothing would be logged at all. */
  @Test
  void messagesGoToLog4j() {
    assertThat(LoggerFactory.getILoggerFactory().getClass().getName())
        .startsWith("org.apache.logging.slf4j.");
  }

  @Test
  void addressesAreLoggedWithoutUserPasswordAndQuery() throws IOException {
    String logged =
        logged(
            "Read s3a://user:secret@bucket/a@b.png and https://h/w?signature=secret, s3a://b/w?t=secret",
            new IOException("s3a://user:sec/ret@bucket is gone"));

    assertThat(logged)
        .contains("Read s3a://bucket/a@b.png and https://h/w s3a://b/w")
        .contains("java.io.IOException: s3a://bucket is gone")
        .contains("\tat io.nightjar.deploy.LogConfigurationTest")
        .doesNotContain("user", "secret", "sec/ret");
    assertThat(logged.split("IOException", -1)).hasSize(2);
  }

  @Test
  void otherAddressesStayAsTheyAre() throws IOException {
    String text =
        "hdfs://node:8020/banks/nut@3 abfss://box@account.dfs.core.windows.net/a file:///a?b x@y";

    assertThat(logged(text, null)).contains(": " + text + "\n");
  }

  private static String logged(String message, Throwable thrown) throws IOException {
    Properties file = new Properties();
    try (Reader in = Files.newBufferedReader(Repository.file("conf/log4j2.properties"))) {
      file.load(in);
    }
    PatternLayout layout =
        PatternLayout.newBuilder()
            .withPattern(file.getProperty("appender.file.layout.pattern"))
            .withAlwaysWriteExceptions(
                Boolean.parseBoolean(
                    file.getProperty("appender.file.layout.alwaysWriteExceptions")))
            .build();
    return layout.toSerializable(
        Log4jLogEvent.newBuilder()
            .setLoggerName("io.nightjar.Any")
            .setLevel(Level.WARN)
            .setMessage(new SimpleMessage(message))
            .setThrown(thrown)
            .build());
  }
}

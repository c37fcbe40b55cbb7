package io.nightjar.cli.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.outcome.RecordingServer.Answer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final String SECRET = "/services/T00/B00/s3cr3t";

  private static Optional<String> post(String address) {
    return post(address, Duration.ofMinutes(5));
  }

  private static Optional<String> post(String address, Duration patience) {
    return new Webhook(
            SecretAddress.of("--webhook", address, Map.of()), patience, Duration.ofMillis(20))
        .post("{\"text\":\"Grüße\"}");
  }

  @Test
  void theMessageArrivesOnceAsJson() throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(204))) {
      assertThat(post(server.address(SECRET))).isEmpty();

      assertThat(server.requests()).hasSize(1);
      RecordingServer.Request only = server.requests().get(0);
      assertThat(only.method()).isEqualTo("POST");
      assertThat(only.target()).isEqualTo(SECRET);
      assertThat(only.headers()).containsEntry("Content-type", "application/json; charset=utf-8");
      assertThat(only.text()).isEqualTo("{\"text\":\"Grüße\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void whatMayPassIsTriedThreeTimes(int status) throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(status))) {
      Optional<String> sentence = post(server.address(SECRET));

      assertThat(server.requests()).hasSize(3);
      assertThat(sentence.orElseThrow())
          .contains("it answers with status " + status + ".")
          .doesNotContain("s3cr3t", "127.0.0.1");
    }
  }

  @Test
  void theThirdAttemptMaySucceed() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    try (RecordingServer server =
        new RecordingServer(request -> Answer.of(attempts.incrementAndGet() < 3 ? 502 : 200))) {
      assertThat(post(server.address(SECRET))).isEmpty();
      assertThat(attempts).hasValue(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 410})
  void aRefusalIsNotTriedAgain(int status) throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(status))) {
      assertThat(post(server.address(SECRET)).orElseThrow()).contains("status " + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    try (RecordingServer other = new RecordingServer(request -> Answer.of(200));
        RecordingServer server =
            new RecordingServer(
                request -> new Answer(307, "", Map.of("Location", other.address("/elsewhere"))))) {
      assertThat(post(server.address(SECRET)).orElseThrow()).contains("status 307");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(0))) {
      long begun = System.nanoTime();
      Optional<String> sentence = post(server.address(SECRET), Duration.ofMillis(800));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(sentence.orElseThrow())
          .contains("it has not answered within 800 ms")
          .doesNotContain("s3cr3t");
      // Three times 800 ms and two pauses of 20 and 80 ms.
      assertThat(took).isBetween(Duration.ofMillis(2500), Duration.ofMinutes(3));
    }
  }

  @Test
  void anAnswerWithoutAnEndIsGivenUp() throws IOException, InterruptedException {
    try (ServerSocket socket = new ServerSocket(0)) {
      Thread server =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 3; i++) {
                    var client = socket.accept();
                    client
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"
                                .getBytes(StandardCharsets.US_ASCII));
                    client.getOutputStream().flush();
                  }
                } catch (IOException e) {
                  // the test has ended
                }
              });
      server.setDaemon(true);
      server.start();

      assertThat(
              post("http://127.0.0.1:" + socket.getLocalPort() + SECRET, Duration.ofMillis(800))
                  .orElseThrow())
          .contains("it has not answered within 800 ms");
    }
  }

  @Test
  void noServerIsASentenceWithoutTheAddress() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    assertThat(post("http://127.0.0.1:" + port + SECRET).orElseThrow())
        .contains("the connection failed (ConnectException)")
        .doesNotContain("s3cr3t", String.valueOf(port));
  }

  @Test
  void aLinkHasTheNameOfTheFolder() {
    assertThat(Webhook.link("https://plant/runs/", "s3a://b/runs/2026-11-30/", "report.html"))
        .hasToString("https://plant/runs/2026-11-30/report.html");
    assertThat(Webhook.link("https://plant", "/data/a b#1", "report.html"))
        .hasToString("https://plant/a%20b%231/report.html");
  }
}

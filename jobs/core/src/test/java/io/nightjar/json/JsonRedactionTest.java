package io.nightjar.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRedactionTest {
  private record Document(String data, List<String> sources, Map<String, Object> options) {}

  @Test
  void noAddressOfADocumentHasAUserAPasswordOrAQuery() {
    String secret = "s3a://key:secret@bucket/x?signature=secret";
    Document document =
        new Document(secret, List.of(secret), Map.of(secret, List.of(secret, "a?b=c")));

    String clean = "s3a://bucket/x";
    assertThat(Json.indented(document)).doesNotContain("secret", "key").contains(clean);
    assertThat(Json.compact(document))
        .isEqualTo(
            "{\"data\":\"%1$s\",\"sources\":[\"%1$s\"],\"options\":{\"%1$s\":[\"%1$s\",\"a?b=c\"]}}"
                .replace("%1$s", clean));
  }
}

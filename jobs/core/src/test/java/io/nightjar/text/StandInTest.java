package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandInTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1~oid sha256:4d7a2146~size 12345~ | git lfs pull",
        "../../.git/annex/objects/Xk/9z/SHA256E-s12345--4d7a2146.png/SHA256E-s12345.png | annex get",
        "/annex/objects/SHA256E-s12345--4d7a2146.png~ | git annex get",
        "<!DOCTYPE html>~<html><head><title>Sign in</title> | an HTML page",
        "~ <html lang=en> | an HTML page",
        "<?xml version=1.0?><Error><Code>AccessDenied</Code> | why it has no file",
        "<Error><Code>NoSuchKey</Code></Error> | why it has no file",
        "/mnt/nas/gone/000.png | the path \"/mnt/nas/gone/000.png\" as text",
        "../day 1/000.png~ | the path \"../day 1/000.png\" as text",
      })
  void isNamedWithTheRemedy(String content, String words) {
    assertThat(StandIn.of(bytes(content.replace('~', '\n')))).get().asString().contains(words);
  }

  @Test
  void aByteOrderMarkHidesNoPage() {
    assertThat(StandIn.of(bytes("\ufeff<html>"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello, world", "", "a.png", "II*\0a/b\0", "one/two\nthree/four", "http:"})
  void anythingElseIsNone(String content) {
    assertThat(StandIn.of(bytes(content))).isEmpty();
  }

  @Test
  void aLongTextIsNoPath() {
    assertThat(StandIn.of(bytes("a/".repeat(StandIn.BYTES)))).isEmpty();
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }
}

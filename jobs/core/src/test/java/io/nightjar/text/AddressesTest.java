package io.nightjar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "s3a://key:secret@bucket/a/b s3a://bucket/a/b",
        "S3A://key@bucket/a S3A://bucket/a",
        "https://user:p%40ss@host:8443/w.pth?sig=1&x=2 https://host:8443/w.pth",
        "https://host/w.pth?token https://host/w.pth",
        "https://host?q https://host",
        "s3a://key:sec/ret@bucket/a s3a://bucket/a",
        "hdfs://u@node:8020/banks/nut@3 hdfs://node:8020/banks/nut@3",
        "abfss://box:key@account.dfs.core.windows.net/a abfss://account.dfs.core.windows.net/a",
        "s3a://bucket/x.png?X-Amz-Signature=0ab s3a://bucket/x.png",
        "nut/s3a://u:p@b/x.png#0c2a8f7d91be nut/s3a://b/x.png#0c2a8f7d91be",
        "https://proxy/https://u:p@host/x https://proxy/https://host/x",
      })
  void addressesLoseUserPasswordAndQuery(String address, String redacted) {
    assertThat(Addresses.redacted(address)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text with user@host and 1/2?",
        "s3a://bucket/a@b/c.png",
        "hdfs://node:8020/banks/nut@3",
        "file:///data/what?.png",
        "abfss://container@account.dfs.core.windows.net/images",
        "a/b?c=d.png",
        "://",
        "x://",
        "http://www.w3.org/2000/svg",
      })
  void allElseIsUnchanged(String text) {
    assertThat(Addresses.redacted(text)).isEqualTo(text);
  }

  @Test
  void sentencesKeepTheirWordsAndPunctuation() {
    assertThat(
            Addresses.redacted(
                "The weights https://a:b@h/w.pth?sig=c, and 's3a://k:s@b/x?v=1': check (them)."))
        .isEqualTo("The weights https://h/w.pth, and 's3a://b/x': check (them).");
    assertThat(Addresses.redacted("<a href=\"https://h/?a=b\">x</a> https://u@h/."))
        .isEqualTo("<a href=\"https://h/\">x</a> https://h/.");
  }

  @Test
  void theResultIsItsOwnResult() {
    for (String text :
        new String[] {"a://b:c@d:e@f/g@h?i=j?k=l#m", "a://b:c/d@e:f@g/h", "://a@b"}) {
      String once = Addresses.redacted(text);
      assertThat(Addresses.redacted(once)).isEqualTo(once);
    }
  }

  @Test
  void longTextsTakeLinearTime() {
    for (String part :
        new String[] {"a.", "@:", "a://", "a://b?", "a://b:c/d@", "://x:/", "a://b? "}) {
      String text = "a://" + part.repeat(200_000);

      // A quadratic search would take many minutes.
      assertTimeoutPreemptively(Duration.ofMinutes(1), () -> Addresses.redacted(text), part);
    }
  }
}

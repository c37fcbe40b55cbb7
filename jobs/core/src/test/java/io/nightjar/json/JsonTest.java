package io.nightjar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Part(String wholeName, double size) {}

  private record Whole(int count, @JsonUnwrapped Fields data, Part part) {}

  private record Positive(int value) {
    @SuppressWarnings("UnusedMethod") // the reader of JSON calls it
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("its value is " + value);
      }
    }
  }

  @Test
  void putsFieldsWhoseNamesAreDataWhereTheyAre() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("zeta", null);
    data.put("Alpha", List.of(1, 0.5f));

    assertThat(Json.compact(new Whole(3, new Fields(data), new Part("a", 1e-7))))
        .isEqualTo(
            "{\"count\":3,\"zeta\":null,\"Alpha\":[1,0.5],\"part\":{\"whole_name\":\"a\",\"size\":1.0E-7}}");
  }

  @Test
  void indentsForPeople() {
    assertThat(Json.indented(new Part("a", 0.1)))
        .isEqualTo("{\n  \"whole_name\" : \"a\",\n  \"size\" : 0.1\n}");
  }

  @Test
  void readsARecordAndPassesOverTheRest() {
    assertThat(JsonDocument.parse("{\"whole_name\":\"a\",\"size\":2,\"x\":[]}").as(Part.class))
        .isEqualTo(new Part("a", 2));
  }

  @Test
  void saysWhatIsWrong() {
    refused("{\"whole_name\":\"a\"}", "it lacks the field \"size\"");
    refused("{\"whole_name\":null,\"size\":1}", "its field \"whole_name\" is null");
    refused("{\"whole_name\":\"a\",\"size\":null}", "its field \"size\" is null");
    refused("[1]", "it is no JSON object");
    refused("{\"whole_name\":\"a\" \"size\":1}", "(line 1, column ");
    refused("{\"whole_name\":\"a\",\"size\":1} {}", "it is not JSON");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonDocument.parse("{\"value\":-1}").as(Positive.class))
        .withMessage("its value is -1");
  }

  @Test
  void namesTheWayToAField() {
    JsonDocument document =
        JsonDocument.parse("{\"list\":[{},{\"size\":\"x\"}],\"map\":{\"k\":1}}");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> document.children("list").get(1).number("size"))
        .withMessage("its field \"list[1].size\" is no number: \"x\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> document.children("list").get(0).text("name"))
        .withMessage("it lacks the field \"list[0].name\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> document.entries("map"))
        .withMessage("its field \"map.k\" is no object");
  }

  @Test
  void readsNullAsNoNumber() {
    JsonDocument document = JsonDocument.parse("{\"a\":null,\"b\":0.25,\"c\":[1,2.5]}");

    assertThat(document.number("a")).isEmpty();
    assertThat(document.number("b")).isEqualTo(OptionalDouble.of(0.25));
    assertThat(document.numbers("c")).containsExactly(1.0, 2.5);
  }

  @Test
  void takesADocumentWithoutVersionAsTheFirst() {
    assertThat(JsonDocument.parse("{}").version()).isEqualTo(1);
    assertThat(JsonDocument.parse("{\"format_version\":3}").version()).isEqualTo(3);
    for (String odd : List.of("0", "1.5", "\"1\"", "null")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonDocument.parse("{\"format_version\":" + odd + "}").version())
          .withMessageContaining("no version");
    }
  }

  @Test
  void refusesANewerVersion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonDocument.parse("{\"format_version\":3}").requireVersion(2))
        .withMessageContaining("format_version is 3")
        .withMessageContaining("up to 2");
  }

  private static void refused(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonDocument.parse(json).as(Part.class))
        .withMessageContaining(message);
  }
}

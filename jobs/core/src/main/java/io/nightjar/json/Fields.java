package io.nightjar.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields of a record whose names are data, such as those of metrics; the component is annotated
 * {@code @JsonUnwrapped}. Written by hand, since Jackson puts such fields after all others (by
 * {@code @JsonAnyGetter}), and files keep the order that they always had.
 *
 * @param values by name, in the order of the document: whatever Jackson writes
 */
@JsonSerialize(using = Fields.Serializer.class)
public record Fields(Map<String, Object> values) {
  public Fields {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static final class Serializer extends JsonSerializer<Fields> {
    @Override
    public void serialize(Fields fields, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      for (Map.Entry<String, Object> field : fields.values.entrySet()) {
        provider.defaultSerializeField(field.getKey(), field.getValue(), generator);
      }
    }

    @Override
    public boolean isUnwrappingSerializer() {
      return true;
    }
  }
}

package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.store.Trail;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param next `cursor` of the next page, null on the last
@JsonInclude(JsonInclude.Include.ALWAYS)
record ListAnswer<T>(List<T> items,
        @Schema(nullable = true, description = "cursor of the next page, null on the last") @Nullable String next) {

    static <S, T> ListAnswer<T> of(Trail.Page<S> page, Function<S, T> item) {
        return new ListAnswer<>(page.items().stream().map(item).toList(), page.next());
    }
}

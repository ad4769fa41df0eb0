package io.trailwarden.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/// A database that answers with an error, as a machine without memory does; no exception that anybody expects.
public final class FailingDataSource {

    private FailingDataSource() {
    }

    /// `real`, after it failed once.
    public static DataSource once(DataSource real) {
        var failed = new AtomicBoolean();
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
            if (failed.compareAndSet(false, true)) {
                throw new StackOverflowError("once");
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException trouble) {
                throw trouble.getCause();
            }
        });
    }
}

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A test with Patroni and etcd (<c>apt-get install patroni etcd-server</c>), which run by clocks of their own: a busy
/// machine makes them change the primary. It runs where <c>ONSALE_PATRONI_TESTS</c> is 1 and is skipped aloud
/// elsewhere.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PatroniFactAttribute : FactAttribute
{
    public PatroniFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("ONSALE_PATRONI_TESTS") != "1")
            Skip = "Needs Patroni and etcd: set ONSALE_PATRONI_TESTS=1 to run it.";
    }
}

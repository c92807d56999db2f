using Dapper;
using Npgsql;

namespace Onsale.Server.Catalog.Pictures;

/// <summary>Pictures in PostgreSQL: any node shows them, and a backup has them.</summary>
internal sealed class PictureStore(NpgsqlDataSource dataSource)
{
    private const string AddSql = """
        insert into pictures (id, width, height, colour) values (@Id, @Width, @Height, @Colour)
        on conflict (id) do update set added_at = clock_timestamp()
        """;

    private const string AddVariantSql = """
        insert into picture_variants (picture_id, width, format, bytes) values (@id, @width, @format, @bytes)
        on conflict (picture_id, width, format) do nothing
        """;

    // The asked width, or the largest there is.
    private const string FindSql = """
        select bytes from picture_variants
        where picture_id = @id and format = @format and width <= @width order by width desc limit 1
        """;

    private const string ForgetSql = """
        delete from pictures p
        where p.added_at < clock_timestamp() - make_interval(hours => @hours)
            and not exists (select from events e
                where e.image_url = '/pictures/' || replace(p.id::text, '-', '') || '/1600.jpg')
        """;

    /// <summary>Keeps a picture; the same once more changes nothing.</summary>
    public async Task AddAsync(EncodedPicture picture, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            AddSql, new { picture.Id, picture.Width, picture.Height, picture.Colour },
            cancellationToken: cancellationToken));
        foreach (var variant in picture.Variants)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                AddVariantSql,
                new
                {
                    id = picture.Id,
                    width = (short)variant.Width,
                    format = (short)variant.Format,
                    bytes = variant.Bytes,
                },
                cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>One form of a picture; null: there is no such picture.</summary>
    public async Task<byte[]?> FindAsync(Guid id, int width, PictureFormat format)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<byte[]?>(
            FindSql, new { id, width, format = (short)format });
    }

    /// <summary>Forgets pictures that no event shows any more.</summary>
    public async Task ForgetUnusedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            ForgetSql, new { hours = PictureLimits.KeepUnusedHours }, cancellationToken: cancellationToken));
    }
}

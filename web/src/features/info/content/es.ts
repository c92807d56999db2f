import type { InfoTexts } from "../model/info-page";

export const texts: InfoTexts = {
  help: {
    title: "Ayuda",
    lead: "Cómo se compra aquí y qué hacer cuando algo falla.",
    sections: [
      {
        heading: "¿Cuánto tiempo se guardan mis plazas?",
        paragraphs: [
          "En cuanto guarda plazas, son suyas durante el tiempo que da el evento: el reloj de la página lo indica. Nadie más puede comprarlas mientras tanto. Cuando se acaba el tiempo vuelven a estar libres y no se cobra nada.",
          "El reloj sigue al servidor, no a su dispositivo. Recargar o cerrar la página no cambia nada: una barra en el borde inferior lleva de vuelta.",
        ],
      },
      {
        heading: "Quiero estar cuando empiece la venta",
        paragraphs: [
          "Antes de la venta, la página del evento lleva la cuenta atrás y ofrece un correo un día antes y otro 15 minutos antes. Cada uno lleva un enlace para terminarlo.",
        ],
      },
      {
        heading: "Llegué tarde por poco",
        paragraphs: [
          "Lo que ve está libre en ese segundo, pero otras personas miran las mismas plazas. Si alguien toma una de las suyas, la página la nombra y ofrece la más cercana que esté libre.",
        ],
      },
      {
        heading: "El pago fue rechazado o no hubo respuesta",
        paragraphs: [
          "Si el pago se rechaza no se cobra nada y sus plazas siguen guardadas: puede intentarlo hasta tres veces. Si no hubo respuesta, pulse de nuevo: sabrá el resultado y nunca pagará dos veces.",
        ],
      },
      {
        heading: "¿Dónde están mis entradas?",
        paragraphs: [
          "En Mis reservas. En otro dispositivo, o sin cuenta, las muestra «Buscar mis entradas» al pie de cada página: pide el código de pedido y el correo que dio. Si crea una cuenta, todo lo que guardó o compró como invitado va con usted.",
        ],
      },
      {
        heading: "Mis entradas sin conexión",
        paragraphs: [
          "Las entradas que ha abierto en un dispositivo se abren allí también sin red: la página indica «Sin conexión» y de cuándo es. Ábralas una vez antes de salir. Para tenerlas en la pantalla de inicio, instale la tienda: la página de sus entradas lo ofrece si su navegador puede. Al cerrar sesión se borran del dispositivo.",
        ],
      },
      {
        heading: "¿Puedo cancelar?",
        paragraphs: [
          "Cada evento dice hasta cuándo, en su página junto a los precios. Si se puede, su reserva tiene un botón para ello, y lo pagado vuelve por el mismo medio.",
        ],
      },
      {
        heading: "El evento se cancela o se cambia",
        paragraphs: [
          "La página del evento y su reserva lo dicen. Las preguntas sobre el evento las responde su organizador, cuyo nombre está en la página.",
        ],
      },
      {
        heading: "Uso teclado o lector de pantalla",
        paragraphs: [
          "Los asientos se pueden elegir en una lista que tiene todo lo que tiene el plano. Las flechas recorren una fila y cada cambio se lee en voz alta.",
        ],
      },
    ],
  },
  terms: {
    title: "Condiciones",
    lead: "Las reglas que cumple esta tienda y las que le pide cumplir.",
    sections: [
      {
        heading: "Quién vende",
        paragraphs: [
          "Vende el organizador que figura en la página del evento. La tienda recibe reservas y pagos para él.",
        ],
      },
      {
        heading: "Cuándo se hace una reserva",
        paragraphs: [
          "Guardar plazas es gratis y termina solo. La reserva se hace cuando se completa el pago o, con entradas gratuitas, la confirmación; entonces aparecen sus entradas.",
        ],
      },
      { heading: "Precios", paragraphs: ["El precio que ve es el que paga. No se añade nada antes del pago."] },
      {
        heading: "Límites",
        paragraphs: [
          "Un evento puede limitar cuántas plazas tiene una persona, permitir una sola reserva por persona o pedir que no quede un asiento suelto. Su página dice qué reglas tiene.",
        ],
      },
      {
        heading: "Cancelar",
        paragraphs: [
          "Las reservas se pueden cancelar hasta la hora que indica la página del evento; si no indica ninguna, no se puede. Al cancelar, las entradas dejan de ser válidas y se devuelve el precio.",
        ],
      },
      {
        heading: "En la puerta",
        paragraphs: [
          "Cada entrada tiene un código que deja pasar a una persona una vez. No lo comparta: entra quien lo muestra primero.",
        ],
      },
    ],
  },
  privacy: {
    title: "Privacidad",
    lead: "Qué sabe esta tienda de usted y por qué.",
    sections: [
      {
        heading: "Sin cuenta",
        paragraphs: [
          "Para mirar no hace falta cuenta ni se guarda ninguna cookie que lo identifique. Dos cookies recuerdan el idioma y el tema si los elige.",
        ],
      },
      {
        heading: "Al guardar o comprar plazas",
        paragraphs: [
          "Se crea una sesión de invitado para que sus plazas y entradas sean solo suyas. La renueva una cookie que los scripts no pueden leer. Se guarda la reserva con el evento, las plazas, el precio y la hora, y con el nombre y el correo que da antes de pagar. Se borran cuando elimina su cuenta.",
        ],
      },
      {
        heading: "Con cuenta",
        paragraphs: [
          "Se guardan su nombre, su correo y su contraseña; esta solo como un valor del que no se puede obtener de nuevo.",
        ],
      },
      {
        heading: "En su navegador",
        paragraphs: [
          "El navegador recuerda qué plazas tiene guardadas para que al recargar no se pierda nada. Se borra al cerrar la sesión.",
          "Los favoritos y los recintos que sigue se guardan en el navegador mientras no inicie sesión, y después en su cuenta. El navegador guarda también la última ciudad elegida para volver a ofrecerla.",
        ],
      },
      {
        heading: "Lo que no se hace",
        paragraphs: [
          "No hay publicidad, ni seguimiento de terceros, ni análisis de lo que mira. Las páginas no cargan nada de otros sitios.",
        ],
      },
      {
        heading: "Pago",
        paragraphs: [
          "Los datos de la tarjeta van al proveedor de pagos y no se guardan aquí. En un sistema de prueba no se mueve dinero.",
        ],
      },
    ],
  },
  imprint: {
    title: "Aviso legal",
    lead: "Quién gestiona esta tienda.",
    sections: [
      { heading: "Operador", paragraphs: ["El operador de esta instalación aún no ha indicado nombre ni dirección."] },
      {
        heading: "Eventos",
        paragraphs: [
          "El organizador figura en la página del evento y es responsable de él y de lo que se escribe sobre él.",
        ],
      },
      {
        heading: "Software",
        paragraphs: [
          "Esta tienda funciona con Onsale. Cómo pueden usarla los programas se describe en Para desarrolladores.",
        ],
      },
    ],
  },
};
